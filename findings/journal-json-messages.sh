#!/usr/bin/env bash
# Software: systemd 252 (Debian systemd-journal-remote 252.39-1~deb12u2 with its journalctl).
# Expected: journalctl -o json gives each message as a text, as the other outputs do; one with the codes of a colour has them escaped as \u001b.
# Happens:  a message with one control character, such as the escape of a colour, is a list of numbers. One of 4,088 bytes or more (4,096 with its name) is null, unless --all is given.
#           An entry with two messages has a list of texts, and of the other outputs one shows the first and one the second. A tab or a line break is written as in any JSON.
# Matters:  a reader that takes MESSAGE for a text fails at the first coloured line, and shows nothing for the long ones, which are the stack traces; "is it a list?" does not tell a
#           coloured message from an entry with two.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s systemd-journal-remote >/dev/null 2>&1 || apt-get install -y --no-install-recommends systemd-journal-remote >/dev/null
version=$(dpkg-query -W -f '${Version}' systemd-journal-remote)
[ "$version" = 252.39-1~deb12u2 ] || { echo "systemd-journal-remote is $version, this was seen on 252.39-1~deb12u2"; exit 1; }

cat > write.mjs <<'E'
import { writeFileSync } from 'node:fs';
const field = (name, text) => {
  const bytes = Buffer.from(text), length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([Buffer.from(`${name}\n`), length, bytes, Buffer.from('\n')]);
};
const entries = [['started'], ['a\tb\nc'], ['\x1b[31mfailed\x1b[0m'], ['x'.repeat(4087)], ['x'.repeat(4088)], ['first', 'second']];
const texts = entries.map((messages, at) => Buffer.concat([
  Buffer.from(`__REALTIME_TIMESTAMP=${1767225600000000 + at}\n__MONOTONIC_TIMESTAMP=${at + 1}\n_BOOT_ID=${'1'.padStart(32, '0')}\n`),
  ...messages.map(message => field('MESSAGE', message)), Buffer.from('\n')]));
writeFileSync('entries', Buffer.concat(texts));
E
cat > read.mjs <<'E'
import { createInterface } from 'node:readline';
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.stringify(JSON.parse(line).MESSAGE);
  console.log(`  ${text.length > 100 ? `${text.slice(0, 5)}... of ${text.length} letters` : text}`);
}
E
cat > expected <<'E'
json:
  "started"
  "a\tb\nc"
  [27,91,51,49,109,102,97,105,108,101,100,27,91,48,109]
  "xxxx... of 4089 letters
  null
  ["first","second"]
json, --all:
  "started"
  "a\tb\nc"
  [27,91,51,49,109,102,97,105,108,101,100,27,91,48,109]
  "xxxx... of 4089 letters
  "xxxx... of 4090 letters
  ["first","second"]
cat: first, short: 2026-01-01T00:00:00+0000 unknown: second
E
node write.mjs
/lib/systemd/systemd-journal-remote -o file.journal entries 2>/dev/null
{
    echo 'json:'; journalctl --file file.journal -o json | node read.mjs
    echo 'json, --all:'; journalctl --file file.journal -o json --all | node read.mjs
    echo "cat: $(journalctl --file file.journal -o cat -n 1), short: $(journalctl --file file.journal -o short-iso --utc -n 1)"
} > seen
cat seen
diff expected seen || { echo "CHANGED: the journal is written otherwise than noted"; exit 1; }
