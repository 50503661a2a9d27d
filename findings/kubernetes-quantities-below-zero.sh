#!/usr/bin/env bash
# Software: KubernetesClient 21.0.8 (NuGet), ResourceQuantity.
# Expected: a quantity is written as Kubernetes writes it, in the unit that fits; as a whole number it is rounded up, as the server's Value() does, so that what needs something never
#           needs nothing.
# Happens:  each quantity below zero is written in exa, with as many zeros as it takes: -1 is "-0.000000000000000001E" and -5Gi "-0.0000000046566...Ei". ToInt64 cuts, so half a CPU and
#           1500m are 0 and 1. The exponent 10e9 is kept, 1E is exa, and 1e3Ki, which mixes the two, fails as a number rather than as a quantity.
# Matters:  free is capacity less requests, and below zero on a node that has more than it can hold: just there the column is unreadable. The sum over pods of half a CPU each is 0
#           CPUs.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > quantities.cs <<'E'
#:package KubernetesClient@21.0.8
#:property PublishAot=false
#:property InvariantGlobalization=true
using k8s.Models;
foreach (var text in new[] { "-1", "-1500m", "-5Gi", "500m", "1500m", "1.5Gi", "1024Ki", "10e9", "1E", "1e3Ki" })
{
    string read;
    try { var quantity = new ResourceQuantity(text); read = FormattableString.Invariant($"{quantity}, as a decimal {quantity.ToDecimal()}, as a whole number {quantity.ToInt64()}"); }
    catch (Exception refused) { read = refused.GetType().Name; }
    Console.WriteLine($"{text}: {read}");
}
E
cat > expected <<'E'
-1: -0.000000000000000001E, as a decimal -1, as a whole number -1
-1500m: -0.0000000000000000015E, as a decimal -1.5, as a whole number -1
-5Gi: -0.0000000046566128730773925781Ei, as a decimal -5368709120, as a whole number -5368709120
500m: 500m, as a decimal 0.5, as a whole number 0
1500m: 1500m, as a decimal 1.5, as a whole number 1
1.5Gi: 1536Mi, as a decimal 1610612736, as a whole number 1610612736
1024Ki: 1Mi, as a decimal 1048576, as a whole number 1048576
10e9: 10e9, as a decimal 10000000000, as a whole number 10000000000
1E: 1E, as a decimal 1000000000000000000, as a whole number 1000000000000000000
1e3Ki: FormatException
E
dotnet run quantities.cs > seen
cat seen
diff expected seen || { echo "CHANGED: quantities are written otherwise than noted"; exit 1; }
