#!/usr/bin/env bash
# Software: supercluster 9.1.0, @turf/turf 7.4.0, geolib 3.3.14, ngeohash 0.6.4 (npm).
# Expected: a library that knows that 179.9 and -179.9 degrees are 21 km apart knows it in its other functions too.
# Happens:  Turf and geolib measure 21 km, and put the middle of the two at longitude 0, on the other side of the earth (geolib's getCenter does not, getCenterOfBounds does). A point
#           21 km off is outside of the circle of 50 km that Turf draws. Nodes on both sides stay two clusters, at the scale of the whole earth as well, and ngeohash
#           covers a box from 179 to -179 with no cell at all.
# Matters:  "zoom to the site" shows Africa for a site on Fiji; "all nodes within 50 km" misses half of it; a search by cells finds nothing, without an error.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"

cat > map.mjs <<'E'
import * as turf from '@turf/turf';
import * as geolib from 'geolib';
import geohash from 'ngeohash';
import Supercluster from 'supercluster';
const two = west => [turf.point([west, -17]), turf.point([west === 179.9 ? -179.9 : west + 0.2, -17])];
for (const west of [178.9, 179.9]) {
  const [a, b] = two(west);
  const both = turf.featureCollection([a, b]);
  const [from, to] = [a, b].map(p => ({ longitude: p.geometry.coordinates[0], latitude: -17 }));
  const clusters = new Supercluster({ radius: 60 }).load([a, b]).getClusters([-180, -90, 180, 90], 0);
  const longitude = n => Number(n.toFixed(1));
  console.log(`${from.longitude} and ${to.longitude}:`);
  console.log(`  distance: Turf ${Math.round(turf.distance(a, b))} km, geolib ${Math.round(geolib.getDistance(from, to) / 1000)} km`);
  console.log(`  middle: Turf center ${longitude(turf.center(both).geometry.coordinates[0])}, centroid ${longitude(turf.centroid(both).geometry.coordinates[0])}, `
    + `midpoint ${longitude(turf.midpoint(a, b).geometry.coordinates[0])}; geolib getCenter ${longitude(geolib.getCenter([from, to]).longitude)}, getCenterOfBounds ${longitude(geolib.getCenterOfBounds([from, to]).longitude)}`);
  console.log(`  second in a circle of 50 km around the first: Turf ${turf.booleanPointInPolygon(b, turf.circle(a, 50))}, geolib ${geolib.isPointWithinRadius(to, from, 50_000)}`);
  console.log(`  clusters of the whole earth: ${clusters.length}; geohash cells of the box around: ${geohash.bboxes(-18, from.longitude, -16, to.longitude, 4).length}`);
}
E
cat > expected <<'E'
178.9 and 179.1:
  distance: Turf 21 km, geolib 21 km
  middle: Turf center 179, centroid 179, midpoint 179; geolib getCenter 179, getCenterOfBounds 179
  second in a circle of 50 km around the first: Turf true, geolib true
  clusters of the whole earth: 1; geohash cells of the box around: 24
179.9 and -179.9:
  distance: Turf 21 km, geolib 21 km
  middle: Turf center 0, centroid 0, midpoint 180; geolib getCenter 180, getCenterOfBounds 0
  second in a circle of 50 km around the first: Turf false, geolib true
  clusters of the whole earth: 2; geohash cells of the box around: 0
E
npm install --silent --no-audit --no-fund supercluster@9.1.0 @turf/turf@7.4.0 geolib@3.3.14 ngeohash@0.6.4 >/dev/null
node map.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the libraries measure otherwise than noted"; exit 1; }
