#!/usr/bin/env bash
# Lets everything fail at random: eng/chaos.sh [faults] [seed] [longest of them in seconds], 200 1 60 by default. A simulated control plane with 1,000 changes/s, PostgreSQL, Redis, two feeds, three
# dashboards, HAProxy, six viewers and a browser run as processes. At random one of them is killed or frozen, connections between two are cut or stalled, Redis or PostgreSQL is restarted. All must be live
# again by itself after each, and at the end every copy of the fleet equals the control plane, and the change log has no gap, no double and no write of a deposed leader.
# Prints the times to recover, and writes artifacts/figures.md. Needs what the integration tests need; Chromium is used where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build -c Release tests/ExecutionDashboard.Benchmarks --nologo -v quiet
exec dotnet tests/ExecutionDashboard.Benchmarks/bin/Release/net10.0/ExecutionDashboard.Benchmarks.dll chaos "$@"
