#!/usr/bin/env bash
# Software: nsyslog-parser 0.10.1 and glossy 0.1.7 (npm), run at a set time by faketime (Debian faketime 0.9.10-2.1).
# Expected: a line of RFC 3164, which has no year, is given the year that puts it next to now; in a line of RFC 5424 "-" means that a field is absent, its time as well.
# Happens:  both take the year of the clock: what was written on 31 December at 23:59:58 and is read five minutes later is a year ahead. nsyslog-parser gives a line without
#           a time the time of its reading, and "-" as process and message id; it reads the parameter "a]b", written a\]b as it must be, with its backslash.
# Matters:  the last lines of the year stand at the top of every list, newest first, until the next December; a node without a clock looks as if its clock were right.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s faketime >/dev/null 2>&1 || apt-get install -y --no-install-recommends faketime >/dev/null
version=$(dpkg-query -W -f '${Version}' faketime)
[ "$version" = 0.9.10-2.1 ] || { echo "faketime is $version, this was seen with 0.9.10-2.1"; exit 1; }

cat > read.mjs <<'E'
import nsyslog from 'nsyslog-parser';
import glossy from 'glossy';
const time = t => t ? t.toISOString().replace(/\.\d+Z/, 'Z') : 'none';
console.log(`it is ${time(new Date())}`);
for (const line of ['<34>Dec 31 23:59:58 edge-1 agent: disk full', '<34>1 - edge-1 agent - - [at@1 path="a\\]b"] disk full']) {
  const one = nsyslog(line);
  let other;
  glossy.Parse.parse(line, read => other = read);
  console.log(line);
  console.log(`  nsyslog-parser: ${time(one.ts)}, process ${one.pid ?? 'none'}, message id ${one.messageid ?? 'none'}, path ${one.structuredData?.[0]?.path ?? 'none'}`);
  console.log(`  glossy: ${time(other.time)}, process ${other.pid ?? 'none'}, message id ${other.msgID ?? 'none'}, path ${other.structuredData?.['at@1'].path ?? 'none'}`);
}
E
cat > expected <<'E'
it is 2026-01-01T00:05:00Z
<34>Dec 31 23:59:58 edge-1 agent: disk full
  nsyslog-parser: 2026-12-31T23:59:58Z, process none, message id none, path none
  glossy: 2026-12-31T23:59:58Z, process none, message id none, path none
<34>1 - edge-1 agent - - [at@1 path="a\]b"] disk full
  nsyslog-parser: 2026-01-01T00:05:00Z, process -, message id -, path a\]b
  glossy: none, process none, message id none, path a]b
E
npm install --silent --no-audit --no-fund nsyslog-parser@0.10.1 glossy@0.1.7 >/dev/null
TZ=UTC faketime -f '@2026-01-01 00:05:00 x0.001' node read.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
