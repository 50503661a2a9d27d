#!/usr/bin/env bash
# Runs the benchmarks: `store-quick` (default) prints one table in under a minute, `store` is BenchmarkDotNet, `feed` the log and the hub,
# `rollout` one look at a rollout over ten thousand nodes, `timeline` the canvas of the timeline in Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then set -- store-quick; fi
dotnet run -c Release --project tests/ExecutionDashboard.Benchmarks -- "$@"
