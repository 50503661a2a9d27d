#!/usr/bin/env bash
# Builds everything and runs the tests: eng/test.sh [unit|integration|browser|all], all by default. Installs what they need where it is missing
# (Debian, as root). Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-all}" in
  unit) projects=(Tests) ;;
  integration) projects=(IntegrationTests) ;;
  browser) projects=(BrowserTests) ;;
  all) projects=(Tests IntegrationTests BrowserTests) ;;
  *) echo "usage: eng/test.sh [unit|integration|browser|all]" >&2; exit 2 ;;
esac

# need COMMAND PACKAGE...: installs Debian packages unless the command is there.
need() {
  command -v "$1" >/dev/null 2>&1 && return
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The tests need '$1': install the package '$2', or run this as root on Debian." >&2
    exit 1
  fi
  echo "Installing $2"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}" >/dev/null
}

# npm_ci FOLDER: installs what the folder's lock file names.
npm_ci() {
  need node nodejs npm
  need npm npm
  npm ci --prefix "$1" --no-audit --no-fund --silent
}

if [[ " ${projects[*]} " == *" BrowserTests "* ]]; then
  need chromium chromium fonts-dejavu-core
  need firefox-esr firefox-esr
  need WebKitWebDriver webkit2gtk-driver
  # WebKitGTK draws on a screen only: here is one that nobody sees.
  need Xvfb xvfb
fi
if [[ " ${projects[*]} " == *" BrowserTests "* || " ${projects[*]} " == *" IntegrationTests "* ]]; then
  [ -x /usr/sbin/nginx ] || need nginx nginx-light
  # An OpenID provider that is not ours.
  npm_ci tests/ExecutionDashboard.IntegrationTests/SignIn
fi
if [[ " ${projects[*]} " == *" IntegrationTests "* ]]; then
  need prometheus prometheus
  need prometheus-alertmanager prometheus-alertmanager
  # Debian starts the proxies that it installs; the tests start their own.
  [ -x /usr/sbin/haproxy ] || need haproxy haproxy
  need caddy caddy
  # Debian starts a server of its own, which nobody uses here.
  [ -d /usr/lib/postgresql ] || need initdb postgresql
  # Debian starts this one, too.
  need redis-server redis-server
  need ip iproute2
  # A reader of YAML that is not ours.
  npm_ci tests/ExecutionDashboard.IntegrationTests/Yaml
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet build ExecutionDashboard.sln --nologo -v minimal

status=0
for project in "${projects[@]}"; do
  # A third of the processor of a short life goes into the second compilation by profile, which does not pay here.
  DOTNET_TieredPGO=0 dotnet test "tests/ExecutionDashboard.$project" --no-build --nologo -v minimal \
    --logger "trx;LogFileName=$project.trx" --results-directory "$results" --blame-hang-timeout 5m --blame-hang-dump-type none || status=$?
done

# What can be counted of the store's cost must not grow by more than a tenth.
if [ "${#projects[@]}" = 3 ]; then
  dotnet tests/ExecutionDashboard.Benchmarks/bin/Debug/net10.0/ExecutionDashboard.Benchmarks.dll counts || status=1
fi

passed=0
failed=0
for trx in "$results"/*.trx; do
  [ -e "$trx" ] || continue
  counters=$(grep -o '<Counters [^>]*>' "$trx")
  passed=$((passed + $(sed 's/.* passed="\([0-9]*\)".*/\1/' <<<"$counters")))
  failed=$((failed + $(sed 's/.* total="\([0-9]*\)".*/\1/' <<<"$counters") - $(sed 's/.* passed="\([0-9]*\)".*/\1/' <<<"$counters")))
done
echo "$passed passed, $failed failed"
[ "$status" = 0 ] && [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
