#!/usr/bin/env bash
# Lets everything fail that can: eng/chaos.sh [faults] [seed] [longest of them in seconds], 200 1 60 by default. A control plane with 1,000 changes/s, PostgreSQL, two feeds, three dashboards, HAProxy and
# three browsers; at random one of them is killed or frozen, a connection is cut or goes silent, the database is restarted. All must be live again by itself after each, and at the end every
# dashboard equals the control plane and the log has no gap, no double and no write of a feed that no longer leads. Prints times to recover, and writes artifacts/figures.md.
# Needs what the integration tests need, and Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release tests/ExecutionDashboard.Benchmarks --nologo -v quiet
exec dotnet tests/ExecutionDashboard.Benchmarks/bin/Release/net10.0/ExecutionDashboard.Benchmarks.dll chaos "$@"
