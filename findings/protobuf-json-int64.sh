#!/usr/bin/env bash
# Software: Google.Protobuf 3.36.2 (NuGet); protobuf for Python (Debian python3-protobuf 3.21.12-3+deb12u1) beside it.
# Expected: a 64-bit integer in JSON may be a number or a text, and is the same in both forms; one that fits is read exactly or refused.
# Happens:  a number is read by way of a double: 9007199254740993 becomes ...992 in silence, and the greatest Int64 is out of range. As a text each is right. Python reads both.
# Matters:  ids, nanoseconds and byte counts that a Go or Python peer writes as bare numbers are off by up to a hundred and more: neighbouring ids become one, and a cursor asks for what it has.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
dpkg -s python3-protobuf >/dev/null 2>&1 || apt-get install -y --no-install-recommends python3-protobuf >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-protobuf)
[ "$version" = 3.21.12-3+deb12u1 ] || { echo "python3-protobuf is $version, this was seen on 3.21.12-3+deb12u1"; exit 1; }

cat > read.cs <<'E'
#:package Google.Protobuf@3.36.2
#:property PublishAot=false
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
foreach (var text in args)
{
    string read;
    try { read = $"{Int64Value.Parser.ParseJson(text).Value}"; }
    catch (InvalidProtocolBufferException) { read = "refused"; }
    Console.WriteLine($"{text}: .NET {read}");
}
E
cat > read.py <<'E'
import sys
from google.protobuf import json_format, wrappers_pb2
for text in sys.argv[1:]:
    print(f" Python {json_format.Parse(text, wrappers_pb2.Int64Value()).value}")
E
cat > expected <<'E'
9007199254740992: .NET 9007199254740992, Python 9007199254740992
9007199254740993: .NET 9007199254740992, Python 9007199254740993
"9007199254740993": .NET 9007199254740993, Python 9007199254740993
1767225600123456789: .NET 1767225600123456768, Python 1767225600123456789
"1767225600123456789": .NET 1767225600123456789, Python 1767225600123456789
9223372036854775807: .NET refused, Python 9223372036854775807
"9223372036854775807": .NET 9223372036854775807, Python 9223372036854775807
E
numbers=(9007199254740992 9007199254740993 '"9007199254740993"' 1767225600123456789 '"1767225600123456789"' 9223372036854775807 '"9223372036854775807"')
paste -d, <(dotnet run read.cs -- "${numbers[@]}") <(/usr/bin/python3 read.py "${numbers[@]}") > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
