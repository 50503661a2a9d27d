cd /work/wt/palette
dotnet tests/ExecutionDashboard.Benchmarks/bin/Release/net10.0/ExecutionDashboard.Benchmarks.dll counts --write 2>&1 | tail -3
dotnet tests/ExecutionDashboard.Benchmarks/bin/Release/net10.0/ExecutionDashboard.Benchmarks.dll queries search 2>&1 | tail -18
