#!/usr/bin/env bash
# Software: IPNetwork2 5.0.1 (NuGet), System.Net.IPNetwork of .NET 10.0, netmask 2.1.1 (npm), Python 3.11 ipaddress.
# Expected: an address without a prefix length is that one address, or an error.
# Happens:  IPNetwork2 guesses by the classes of 1981: 10.1.2.3 is 10.0.0.0/8, with 16,777,216 addresses, 192.168.1.7 is a /24, and an IPv6 address a /64. 10.1 is
#           10.0.0.0/8 there and 10.0.0.1 in netmask. System.Net refuses what has no length; it takes 10.1.2.3/24, where Python refuses bits behind the prefix.
# Matters:  a table of sites that names single machines by their address gives all nodes of the fleet to the first of them.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
cat > read.cs <<'E'
#:package IPNetwork2@5.0.1
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Net;
foreach (var text in new[] { "10.1.2.3", "172.16.5.5", "192.168.1.7", "2001:db8::1", "10.1", "10.1.2.3/24" })
    Console.WriteLine($"{text}: IPNetwork2 {IPNetwork2.Parse(text)}, System.Net {(IPNetwork.TryParse(text, out var network) ? network : "refused")}");
Console.WriteLine($"IPNetwork2 10.1.2.3 contains 10.200.0.9: {IPNetwork2.Parse("10.1.2.3").Contains(IPAddress.Parse("10.200.0.9"))}");
E
cat > read.mjs <<'E'
import { Netmask } from 'netmask';
for (const text of ['10.1.2.3', '10.1', '10.1.2.3/24']) console.log(`netmask ${text}: ${new Netmask(text)}`);
E
cat > read.py <<'E'
import ipaddress
for text in ['10.1.2.3', '10.1', '10.1.2.3/24']:
    try:
        print(f'Python {text}: {ipaddress.ip_network(text)}')
    except ValueError:
        print(f'Python {text}: refused')
E
cat > expected <<'E'
10.1.2.3: IPNetwork2 10.0.0.0/8, System.Net refused
172.16.5.5: IPNetwork2 172.16.0.0/16, System.Net refused
192.168.1.7: IPNetwork2 192.168.1.0/24, System.Net refused
2001:db8::1: IPNetwork2 2001:db8::/64, System.Net refused
10.1: IPNetwork2 10.0.0.0/8, System.Net refused
10.1.2.3/24: IPNetwork2 10.1.2.0/24, System.Net 10.1.2.0/24
IPNetwork2 10.1.2.3 contains 10.200.0.9: True
netmask 10.1.2.3: 10.1.2.3/32
netmask 10.1: 10.0.0.1/32
netmask 10.1.2.3/24: 10.1.2.0/24
Python 10.1.2.3: 10.1.2.3/32
Python 10.1: refused
Python 10.1.2.3/24: refused
E
npm install --silent --no-audit --no-fund netmask@2.1.1 >/dev/null
{ dotnet run read.cs; node read.mjs; /usr/bin/python3 read.py; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read addresses otherwise than noted"; exit 1; }
