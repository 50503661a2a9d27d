#!/usr/bin/env bash
# Software: d3-geo 3.1.2, @mapbox/geojson-rewind 0.5.2 and @turf/turf 7.4.0 (npm), NetTopologySuite 2.6.0 and NetTopologySuite.IO.GeoJSON4STJ 4.0.0 (NuGet).
# Expected: an area whose outer ring runs counterclockwise, as RFC 7946 asks, is the area inside the ring.
# Happens:  in d3-geo it is the whole earth but the area: a node at the equator is in it, a node in its middle is not, and its centre is on the other side of the
#           earth. d3's own circles run clockwise. NetTopologySuite makes clockwise rings and turns them when it writes GeoJSON, so what d3 shows depends on the way there.
# Matters:  an area of Berlin that the server and Turf agree on fills the map with colour and counts every node but those that are in it.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"; export XDG_DATA_HOME=$dir

cat > write.cs <<'E'
#:package NetTopologySuite@2.6.0
#:package NetTopologySuite.IO.GeoJSON4STJ@4.0.0
#:property PublishAot=false
#:property InvariantGlobalization=true
using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
var options = new JsonSerializerOptions { Converters = { new GeoJsonConverterFactory() } };
var area = new GeometryFactory().ToGeometry(new Envelope(13, 14, 52, 53));
Console.WriteLine($"NetTopologySuite: in memory {(Orientation.IsCCW(area.Coordinates) ? "counterclockwise" : "clockwise")}");
var json = JsonSerializer.Serialize<Geometry>(area, options);
File.WriteAllText("area.json", json);
Console.WriteLine($"NetTopologySuite: read back {(Orientation.IsCCW(JsonSerializer.Deserialize<Geometry>(json, options)!.Coordinates) ? "counterclockwise" : "clockwise")}");
E
cat > ask.mjs <<'E'
import { readFileSync } from 'fs';
import { geoArea, geoCentroid, geoCircle, geoContains } from 'd3-geo';
import rewind from '@mapbox/geojson-rewind';
import * as turf from '@turf/turf';
const written = JSON.parse(readFileSync('area.json', 'utf8'));
const middle = [13.5, 52.5], equator = [100, 0], way = area => turf.booleanClockwise(area.coordinates[0]) ? 'clockwise' : 'counterclockwise';
const show = (name, area) => {
  console.log(`${name}: ${way(area)}`);
  console.log(`  Turf: middle ${turf.booleanPointInPolygon(middle, area)}, equator ${turf.booleanPointInPolygon(equator, area)}, ${Math.round(turf.area(area) / 1e6)} km2`);
  console.log(`  d3-geo: middle ${geoContains(area, middle)}, equator ${geoContains(area, equator)}, ${(geoArea(area) / 4 / Math.PI * 100).toFixed(4)} % of the earth, centre ${geoCentroid(area).map(Math.round)}`);
};
show('as written by .NET', written);
show('rewound by default', rewind(structuredClone(written)));
show('rewound with "outer"', rewind(structuredClone(written), true));
console.log(`circle of Turf: ${way(turf.circle(middle, 10).geometry)}`);
console.log(`circle of d3-geo: ${way(geoCircle().center(middle).radius(1)())}`);
E
cat > expected <<'E'
NetTopologySuite: in memory clockwise
NetTopologySuite: read back counterclockwise
as written by .NET: counterclockwise
  Turf: middle true, equator false, 7527 km2
  d3-geo: middle false, equator true, 99.9985 % of the earth, centre -166,-52
rewound by default: counterclockwise
  Turf: middle true, equator false, 7527 km2
  d3-geo: middle false, equator true, 99.9985 % of the earth, centre -166,-52
rewound with "outer": clockwise
  Turf: middle true, equator false, 7527 km2
  d3-geo: middle true, equator false, 0.0015 % of the earth, centre 14,52
circle of Turf: counterclockwise
circle of d3-geo: clockwise
E
npm install --silent --no-audit --no-fund d3-geo@3.1.2 @mapbox/geojson-rewind@0.5.2 @turf/turf@7.4.0 >/dev/null
{ dotnet run write.cs; node ask.mjs; } > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries see areas otherwise than noted"; exit 1; }
