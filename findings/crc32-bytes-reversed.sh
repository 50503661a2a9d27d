#!/usr/bin/env bash
# Software: System.IO.Hashing 10.0.12 (NuGet), beside zlib (Python 3.11, Debian) and crc 4.3.2 (npm).
# Expected: one library writes the bytes of its hashes in one order, the order in which their number is written everywhere: CRC-32 of "123456789" is CB F4 39 26, as in PNG, gzip's
#           tools and the check value of each catalogue; "CRC-16 CCITT" is one sum.
# Happens:  Crc32.Hash gives 26 39 F4 CB, while Crc64, XxHash32, XxHash64, XxHash3 and XxHash128 of the same package give the first digit first. The number from HashToUInt32 is the
#           usual one. crc16ccitt of npm starts from FFFF (29B1), which others call CCITT-FALSE; crc16 there is ARC.
# Matters:  a checksum of an artifact that the agent shows in hexadecimal never equals the dashboard's, except where both are .NET; swapped for XxHash64 the same code is suddenly
#           right.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > hash.cs <<'E'
#:package System.IO.Hashing@10.0.12
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.IO.Hashing;
var data = "123456789"u8;
Console.WriteLine($".NET Crc32: bytes {Convert.ToHexString(Crc32.Hash(data))}, number {Crc32.HashToUInt32(data):X8}");
Console.WriteLine($".NET Crc64: bytes {Convert.ToHexString(Crc64.Hash(data))}, number {Crc64.HashToUInt64(data):X16}");
Console.WriteLine($".NET XxHash32: bytes {Convert.ToHexString(XxHash32.Hash(data))}, number {XxHash32.HashToUInt32(data):X8}");
Console.WriteLine($".NET XxHash64: bytes {Convert.ToHexString(XxHash64.Hash(data))}, number {XxHash64.HashToUInt64(data):X16}");
Console.WriteLine($".NET XxHash3: bytes {Convert.ToHexString(XxHash3.Hash(data))}, number {XxHash3.HashToUInt64(data):X16}");
E
cat > hash.mjs <<'E'
import { crc32, crc16, crc16ccitt, crc16xmodem } from 'crc';
for (const [name, hash] of Object.entries({ crc32, crc16, crc16ccitt, crc16xmodem })) console.log(`npm ${name}: ${hash('123456789').toString(16).toUpperCase()}`);
E
cat > expected <<'E'
.NET Crc32: bytes 2639F4CB, number CBF43926
.NET Crc64: bytes 6C40DF5F0B497347, number 6C40DF5F0B497347
.NET XxHash32: bytes 937BAD67, number 937BAD67
.NET XxHash64: bytes 8CB841DB40E6AE83, number 8CB841DB40E6AE83
.NET XxHash3: bytes 72DCB18B67A17DFF, number 72DCB18B67A17DFF
npm crc32: CBF43926
npm crc16: BB3D
npm crc16ccitt: 29B1
npm crc16xmodem: 31C3
Python zlib.crc32: CBF43926
E
npm install --silent --no-audit --no-fund crc@4.3.2 >/dev/null
{ dotnet run hash.cs; node hash.mjs; /usr/bin/python3 -c 'import zlib; print("Python zlib.crc32: %08X" % zlib.crc32(b"123456789"))'; } > seen
cat seen
diff expected seen || { echo "CHANGED: hashes are written otherwise than noted"; exit 1; }
