#!/usr/bin/env bash
# Measures, beside the budgets: eng/bench.sh [store|feed|live|browser|soak|all], all by default. Prints the figures as they come and writes
# artifacts/figures.json and artifacts/figures.md. Needs Chromium for browser. More verbs: see Program.cs of the benchmarks.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release tests/ExecutionDashboard.Benchmarks --nologo -v quiet
COMMIT=$(git rev-parse --short HEAD) exec dotnet tests/ExecutionDashboard.Benchmarks/bin/Release/net10.0/ExecutionDashboard.Benchmarks.dll "$@"
