#!/usr/bin/env bash
# Software: NCalc 7.4.0 (NuGet NCalcSync), expressions for rules and thresholds.
# Expected: a sum past the greatest integer is a larger number or an error, as a division gives a fraction; a text that holds a number is compared in one way; null is a word.
# Happens:  2147483647 + 1 is -2147483648, and past 64 bits the same, while 7 / 2 is 3.5 and 1 / 0 is infinity. '10' > 9 is true and '10' > '9' false. A parameter that is null makes >
#           and < false, and there is no way to ask for it: null is a parameter that is not defined. 'on' + 1 is an error, '1' + 1 is 2.
# Matters:  "used + reserved > limit" over bytes: with two ints of 2 GB the sum is negative and the alert is silent for the fullest disks. A value that comes as text from a label is
#           compared letter by letter where the threshold is text too.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > rules.cs <<'E'
#:package NCalcSync@7.4.0
#:property PublishAot=false
#:property InvariantGlobalization=true
foreach (var rule in new[] { "used + reserved", "used + reserved > 3000000000", "9223372036854775807 + 1", "7 / 2", "1 / 0", "'10' > 9", "'10' > '9'", "free > 5", "free < 5", "free = null", "'1' + 1", "'on' + 1" })
{
    var expression = new NCalc.Expression(rule) { Parameters = { ["used"] = 2_000_000_000, ["reserved"] = 2_000_000_000, ["free"] = null } };
    string answer;
    try { var value = expression.Evaluate(); answer = FormattableString.Invariant($"{value} ({value?.GetType().Name})"); }
    catch (Exception error) { answer = error.GetType().Name; }
    Console.WriteLine($"{rule}: {answer}");
}
E
cat > expected <<'E'
used + reserved: -294967296 (Int32)
used + reserved > 3000000000: False (Boolean)
9223372036854775807 + 1: -9223372036854775808 (Int64)
7 / 2: 3.5 (Double)
1 / 0: Infinity (Double)
'10' > 9: True (Boolean)
'10' > '9': False (Boolean)
free > 5: False (Boolean)
free < 5: False (Boolean)
free = null: NCalcParameterNotDefinedException
'1' + 1: 2 (Double)
'on' + 1: FormatException
E
dotnet run rules.cs > seen
cat seen
diff expected seen || { echo "CHANGED: rules are evaluated otherwise than noted"; exit 1; }
