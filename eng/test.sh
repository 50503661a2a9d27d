#!/usr/bin/env bash
# Builds everything and runs every test. Installs what the tests need where it is missing. Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  else
    echo "The browser tests need Chromium: install the package 'chromium', or run this as root on Debian." >&2
    exit 1
  fi
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
dotnet build ExecutionDashboard.sln --nologo -v minimal

status=0
for project in Tests IntegrationTests BrowserTests; do
  dotnet test "tests/ExecutionDashboard.$project" --no-build --nologo -v minimal \
    --logger "trx;LogFileName=$project.trx" --results-directory "$results" --blame-hang-timeout 5m --blame-hang-dump-type none || status=$?
done

# What can be counted of the store's cost must not grow by more than a tenth.
dotnet tests/ExecutionDashboard.Benchmarks/bin/Debug/net10.0/ExecutionDashboard.Benchmarks.dll counts || status=1

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
