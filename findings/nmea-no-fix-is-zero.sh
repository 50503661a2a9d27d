#!/usr/bin/env bash
# Software: nmea-simple 3.3.0 and gps 0.9.0 (npm), pynmea2 1.15.0 (Debian python3-nmea2 1.15.0-4).
# Expected: a receiver without a fix sends empty fields; read, they are absent, as in gps.
# Happens:  nmea-simple makes 0 of each: latitude, longitude, altitude, dilution (where 0 is better than perfect), age of the differential. pynmea2 gives 0.0 for the position alone.
#           A GGA sentence has a time without a date; both npm packages add the date of the reader, so one of 23:59:58 that is read at 00:00:03 is a day ahead.
# Matters:  nodes that start indoors lie in the Gulf of Guinea and pull the map over there; the last position before midnight stays the newest for a day.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
dpkg -s faketime python3-nmea2 >/dev/null 2>&1 || apt-get install -y --no-install-recommends faketime python3-nmea2 >/dev/null
version=$(dpkg-query -W -f '${Version}' python3-nmea2)
[ "$version" = 1.15.0-4 ] || { echo "python3-nmea2 is $version, this was seen on 1.15.0-4"; exit 1; }

cat > read.mjs <<'E'
import { parseNmeaSentence } from 'nmea-simple';
import GPS from 'gps';
const sentence = body => `$${body}*${[...body].reduce((sum, letter) => sum ^ letter.charCodeAt(0), 0).toString(16).toUpperCase().padStart(2, '0')}`;
const noFix = sentence('GPGGA,235958,,,,,0,00,,,M,,M,,');
const simple = parseNmeaSentence(noFix);
const gps = (GPS.default ?? GPS).Parse(noFix);
console.log(`nmea-simple without a fix: latitude ${simple.latitude}, longitude ${simple.longitude}, altitude ${simple.altitudeMeters}, dilution ${simple.horizontalDilution}, fix ${simple.fixType}`);
console.log(`gps without a fix: latitude ${gps.lat}, longitude ${gps.lon}, altitude ${gps.alt}, dilution ${gps.hdop}, fix ${gps.quality}`);
const time = t => t.toISOString().slice(0, 19);
console.log(`sent at 23:59:58, read at ${time(new Date())}: nmea-simple ${time(simple.time)}, gps ${time(gps.time)}`);
console.log(noFix);
E
cat > expected <<'E'
nmea-simple without a fix: latitude 0, longitude 0, altitude 0, dilution 0, fix none
gps without a fix: latitude null, longitude null, altitude null, dilution null, fix null
sent at 23:59:58, read at 2026-03-02T00:00:03: nmea-simple 2026-03-02T23:59:58, gps 2026-03-02T23:59:58
pynmea2 without a fix: latitude 0.0, longitude 0.0, altitude None, valid False
E
npm install --silent --no-audit --no-fund nmea-simple@3.3.0 gps@0.9.0 >/dev/null
TZ=UTC faketime -f '@2026-03-02 00:00:03 x0.001' node read.mjs > both
{
    head -3 both
    /usr/bin/python3 -c 'import pynmea2, sys; m = pynmea2.parse(sys.argv[1]); print(f"pynmea2 without a fix: latitude {m.latitude}, longitude {m.longitude}, altitude {m.altitude}, valid {m.is_valid}")' "$(tail -1 both)"
} > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries read otherwise than noted"; exit 1; }
