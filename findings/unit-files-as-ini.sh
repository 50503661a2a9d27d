#!/usr/bin/env bash
# Software: ini 7.0.0 and js-ini 1.6.0 (npm), Microsoft.Extensions.Configuration.Ini 10.0.10 (NuGet), configparser of Python 3.11; a unit that systemd 252 reads.
# Expected: a systemd unit looks like an INI file, so an INI reader reads it, or says that it cannot.
# Happens:  npm's ini cuts the description at ";", keeps the last of two "After" and of two "Environment", and makes a key of its own of a line that goes on: the command ends
#           in a backslash. .NET and Python refuse the repeated key, js-ini the line that goes on. systemd reads all of it.
# Matters:  an inventory of what runs on the nodes lists half of the command, the settings and the dependencies of a service, without an error.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir
version=$(systemd-analyze --version | head -1 | cut -d' ' -f2)
[ "$version" = 252 ] || { echo "systemd is $version, this was seen on 252"; exit 1; }

cat > sync.service <<'E'
[Unit]
Description=Ledger sync; nightly
After=network.target
After=time-sync.target

[Service]
Type=oneshot
Environment=MODE=fast
Environment=ZONE=b
ExecStart=/bin/echo --job ledger \
  --retries 3
E
cat > read.mjs <<'E'
import { readFileSync } from 'fs';
import ini from 'ini';
import jsIni from 'js-ini';
const text = readFileSync('sync.service', 'utf8');
console.log('npm ini:', JSON.stringify(ini.parse(text)));
try { console.log('js-ini:', JSON.stringify(jsIni.parse(text))); } catch (error) { console.log('js-ini:', error.message); }
E
cat > read.cs <<'E'
#:package Microsoft.Extensions.Configuration.Ini@10.0.10
#:property PublishAot=false
using Microsoft.Extensions.Configuration;
try { Console.WriteLine($".NET: {new ConfigurationBuilder().AddIniFile(Path.GetFullPath("sync.service")).Build()["Unit:Description"]}"); }
catch (Exception error) { Console.WriteLine($".NET: {(error.InnerException ?? error).Message}"); }
E
cat > read.py <<'E'
import configparser
parser = configparser.ConfigParser(interpolation=None)
try:
    parser.read("sync.service")
    print("Python:", parser["Unit"]["Description"])
except configparser.Error as error:
    print("Python:", type(error).__name__)
parser = configparser.ConfigParser(interpolation=None, strict=False)
parser.read("sync.service")
print("Python, not strict:", {key: value for section in ("Unit", "Service") for key, value in parser[section].items()})
E
cat > expected <<'E'
systemd: no complaint
npm ini: {"Unit":{"Description":"Ledger sync","After":"time-sync.target"},"Service":{"Type":"oneshot","Environment":"ZONE=b","ExecStart":"/bin/echo --job ledger \\","--retries 3":true}}
js-ini: Unsupported type of line: [11] "--retries 3"
.NET: A duplicate key 'Unit:After' was found.
Python: DuplicateOptionError
Python, not strict: {'description': 'Ledger sync; nightly', 'after': 'time-sync.target', 'type': 'oneshot', 'environment': 'ZONE=b', 'execstart': '/bin/echo --job ledger \\\n--retries 3'}
E
npm install --silent --no-audit --no-fund ini@7.0.0 js-ini@1.6.0 >/dev/null
{
    systemd-analyze verify ./sync.service >verify 2>&1 && ! grep -q 'sync.service:' verify && echo 'systemd: no complaint'
    node read.mjs; dotnet run read.cs; /usr/bin/python3 read.py
} > seen
cat seen
diff expected seen || { echo "CHANGED: the readers read otherwise than noted"; exit 1; }
