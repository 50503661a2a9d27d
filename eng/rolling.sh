#!/usr/bin/env bash
# Updates a running installation from another commit to this tree: eng/rolling.sh REV. Two feeds and three dashboards of REV run over PostgreSQL behind HAProxy, under 1,000 changes/s and with viewers. One
# process after the other is stopped and started as this build. Each viewer must be live again at its place after each step, and at the end every copy equals the control plane and the log is whole.
set -euo pipefail
cd "$(dirname "$0")/.."
rev=$(git rev-parse --short "${1:?from which commit?}^{commit}")
other=$(mktemp -d)
trap 'git worktree remove --force "$other"' EXIT
git worktree add --quiet --detach "$other" "$rev"
dotnet build -c Release "$other/src/ExecutionDashboard" --nologo -v quiet
dotnet build -c Release tests/ExecutionDashboard.Benchmarks --nologo -v quiet
PROGRAM="$other/src/ExecutionDashboard/bin/Release/net10.0/ExecutionDashboard.dll" dotnet tests/ExecutionDashboard.Benchmarks/bin/Release/net10.0/ExecutionDashboard.Benchmarks.dll rolling
