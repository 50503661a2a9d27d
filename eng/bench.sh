#!/usr/bin/env bash
# Measures, beside the budgets: eng/bench.sh [store|feed|live|browser|change|memory|soak|all], all by default. Prints the figures as they come and writes
# artifacts/figures.json and artifacts/figures.md. Needs Chromium for browser and change. More verbs: see Program.cs of the benchmarks.
#
# eng/bench.sh against REV [PART…] measures this tree beside another commit: it builds both, runs each part of both in turns (RUNS of them, 3 by default), and writes the
# ratios to artifacts/against/ratios.md. Parts that measure a process (change, live, browser, load, memory, scopes) are driven by this tree's benchmarks for both builds; the
# others by those of each.
set -euo pipefail
cd "$(dirname "$0")/.."
benchmarks() { dotnet "$1/tests/ExecutionDashboard.Benchmarks/bin/Release/net10.0/ExecutionDashboard.Benchmarks.dll" "${@:2}"; }
dotnet build -c Release tests/ExecutionDashboard.Benchmarks --nologo -v quiet
if [ "${1:-}" != against ]; then
  COMMIT=$(git rev-parse --short HEAD) benchmarks . "$@"
  exit
fi

rev=$(git rev-parse --short "${2:?against which commit?}^{commit}")
parts=("${@:3}")
[ ${#parts[@]} -gt 0 ] || parts=(change)
here=$PWD out=$PWD/artifacts/against
other=$(mktemp -d)
trap 'git worktree remove --force "$other"' EXIT
git worktree add --quiet --detach "$other" "$rev"
rm -rf "$out"
measured=src/ExecutionDashboard
for part in "${parts[@]}"; do
  case ${part%% *} in change | live | browser | load | memory | scopes) ;; *) measured=tests/ExecutionDashboard.Benchmarks ;; esac
done
dotnet build -c Release "$other/$measured" --nologo -v quiet
run() { # build, its tree, number, part
  local folder=$out/$1-$3/${4// /-} driver=$2
  mkdir -p "$folder"
  case ${4%% *} in change | live | browser | load | memory | scopes) driver=$here ;; esac
  echo "$1 ($(git -C "$2" rev-parse --short HEAD)), run $3: $4"
  # shellcheck disable=SC2086 # a part may have arguments: "live list"
  (cd "$folder" && PROGRAM="$2/src/ExecutionDashboard/bin/Release/net10.0/ExecutionDashboard.dll" COMMIT=$(git -C "$2" rev-parse --short HEAD) benchmarks "$driver" $4)
}
for ((i = 1; i <= ${RUNS:-3}; i++)); do
  for part in "${parts[@]}"; do
    run before "$other" "$i" "$part"
    run after "$here" "$i" "$part"
  done
done
benchmarks . compare "$out"
