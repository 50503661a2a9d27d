#!/usr/bin/env bash
# Measures, beside the budgets: eng/bench.sh [store|feed|live|browser|change|memory|soak|all], all by default. Prints the figures as they come and writes
# artifacts/figures.json and artifacts/figures.md. Needs Chromium for browser and change. More verbs: see Program.cs of the benchmarks.
#
# eng/bench.sh against REV [PART…] measures this tree beside another commit: it builds both, runs each part of both in turns (RUNS of them, 3 by default), and writes the
# ratios to artifacts/against/ratios.md. Parts that measure a process (change, live, browser, load, memory, scopes, growth) are driven by this tree's benchmarks for both builds; the
# others by those of each. A process is measured as it is published, which is how it runs: compiled beforehand, where a commit does that.
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
publish() { dotnet publish "$1/src/ExecutionDashboard" -c Release -r "linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')" --no-self-contained -o "$1/artifacts/published" --nologo -v quiet; }
isProcess() { case ${1%% *} in change | live | browser | load | memory | scopes | growth) ;; *) return 1 ;; esac; }
for part in "${parts[@]}"; do
  if isProcess "$part"; then
    [ -d "$other/artifacts/published" ] || { publish "$other" && publish .; }
  else
    dotnet build -c Release "$other/tests/ExecutionDashboard.Benchmarks" --nologo -v quiet
  fi
done
run() { # build, its tree, number, part
  local folder=$out/$1-$3/${4// /-} driver=$2
  mkdir -p "$folder"
  if isProcess "$4"; then driver=$here; fi
  echo "$1 ($(git -C "$2" rev-parse --short HEAD)), run $3: $4"
  # shellcheck disable=SC2086 # a part may have arguments: "live list"
  (cd "$folder" && PROGRAM="$2/artifacts/published/ExecutionDashboard.dll" COMMIT=$(git -C "$2" rev-parse --short HEAD) benchmarks "$driver" $4)
}
for ((i = 1; i <= ${RUNS:-3}; i++)); do
  for part in "${parts[@]}"; do
    run before "$other" "$i" "$part"
    run after "$here" "$i" "$part"
  done
done
benchmarks . compare "$out"
