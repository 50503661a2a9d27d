#!/usr/bin/env bash
# Software: ggencoder 1.0.10, ais-stream-decoder 2.1.2 (npm), gpsdecode of gpsd 3.22 (Debian gpsd-clients).
# Expected: AIS has a value for "not available" in each field; a decoder leaves these out, or has one sign for all of them.
# Happens:  gpsdecode writes the speed and the turn as the text "nan", but the place as 91 degrees north and 181 degrees east, the course as 360 and the heading as 511.
#           ggencoder leaves the place out and keeps a speed of 102.3 knots, the course of 360, the heading of 511 and a turn of -128; it calls the whole message invalid
#           and names no error. ais-stream-decoder has null for all of them.
# Matters:  a ship at the quay that has lost its receiver runs at 102 knots in every average, and is drawn beyond the pole.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s gpsd-clients >/dev/null 2>&1 || apt-get install -y --no-install-recommends gpsd-clients >/dev/null
gpsdecode -V 2>&1 | grep -q 'revision 3.22' || { gpsdecode -V; echo "this was seen on gpsd 3.22"; exit 1; }
cat > decode.mjs <<'E'
import fs from 'fs';
import ggencoder from 'ggencoder';
import stream from 'ais-stream-decoder';
// a position report by ITU-R M.1371, message 1, field by field: what it says and how many bits it has
const known = { turn: 0, speed: 52, lon: Math.round(13.4 * 600000), lat: Math.round(54.1 * 600000), course: 900, heading: 92 };
const unknown = { turn: -128, speed: 1023, lon: 181 * 600000, lat: 91 * 600000, course: 3600, heading: 511 };
const sentence = ({ turn, speed, lon, lat, course, heading }) => {
  const fields = [[1, 6], [0, 2], [211000001, 30], [15, 4], [turn, 8], [speed, 10], [0, 1], [lon, 28], [lat, 27], [course, 12], [heading, 9], [60, 6], [0, 2], [0, 3], [0, 1], [0, 19]];
  const bits = fields.map(([value, length]) => BigInt.asUintN(length, BigInt(value)).toString(2).padStart(length, '0')).join('');
  const letters = bits.match(/.{6}/g).map(six => parseInt(six, 2)).map(value => String.fromCharCode(value < 40 ? value + 48 : value + 56)).join('');
  const body = `AIVDM,1,1,,A,${letters},0`;
  const sum = [...body].reduce((all, letter) => all ^ letter.charCodeAt(0), 0);
  return `!${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}`;
};
const sentences = [sentence(known), sentence(unknown)];
fs.writeFileSync('sentences', sentences.map(text => text + '\r\n').join(''));
for (const text of sentences) {
  const { valid, error, sog, cog, hdg, lat, lon, rot } = new ggencoder.AisDecode(text);
  console.log('ggencoder', JSON.stringify({ valid, error, speed: sog, course: cog, heading: hdg, lat, lon, turn: rot }));
}
const decoder = new (stream.default ?? stream)();
decoder.on('data', text => {
  const { speedOverGround: speed, courseOverGround: course, heading, lat, lon, rateOfTurn: turn } = typeof text === 'string' ? JSON.parse(text) : text;
  console.log('ais-stream-decoder', JSON.stringify({ speed, course, heading, lat, lon, turn }));
});
for (const text of sentences) decoder.write(text);
E
cat > expected <<'E'
ggencoder {"valid":true,"error":"","speed":5.2,"course":90,"heading":92,"lat":54.1,"lon":13.4,"turn":0}
ggencoder {"valid":false,"error":"","speed":102.3,"course":360,"heading":511,"turn":-128}
ais-stream-decoder {"speed":5.2,"course":90,"heading":92,"lat":54.1,"lon":13.4,"turn":0}
ais-stream-decoder {"speed":null,"course":null,"heading":null,"lat":null,"lon":null,"turn":null}
gpsdecode {"turn":0,"speed":5.2,"accuracy":false,"lon":13.400000,"lat":54.100000,"course":90.0,"heading":92}
gpsdecode {"turn":"nan","speed":"nan","accuracy":false,"lon":181.000000,"lat":91.000000,"course":360.0,"heading":511}
E
npm install --silent --no-audit --no-fund ggencoder@1.0.10 ais-stream-decoder@2.1.2 >/dev/null
{ node decode.mjs; gpsdecode < sentences | sed -E 's/^\{.*("turn":.*"heading":[0-9]+).*/gpsdecode {\1}/'; } > seen
cat seen
diff expected seen || { echo "CHANGED: the decoders answer otherwise than noted"; exit 1; }
