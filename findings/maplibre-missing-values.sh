#!/usr/bin/env bash
# Software: @maplibre/maplibre-gl-style-spec 26.6.0 (npm), the expressions and filters of MapLibre GL.
# Expected: what "not" is put in front of finds the rest; a property that is missing has no number; the old and the new form of a filter mean the same.
# Happens:  a node without cpu is neither in [">", cpu, 90] nor in ["!", [">", cpu, 90]], while the old form of the second, ["none", ...], has it. to-number makes 0 of
#           what is missing, of null and of an empty text, so the node is drawn as idle; without to-number it is drawn in the default of the property, which for a colour
#           is opaque black. A number that came as text is in no comparison.
# Matters:  a map with one layer for busy nodes and one for the others lacks those that send nothing, or shows them green: just those that somebody should look at.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > map.mjs <<'E'
import { createPropertyExpression, featureFilter } from '@maplibre/maplibre-gl-style-spec';
console.warn = () => {};
const color = { type: 'color', default: '#000000', 'property-type': 'data-driven', expression: { interpolated: true, parameters: ['zoom', 'feature'] } };
const cpu = ['get', 'cpu'];
const filters = [['>', cpu, 90], ['!', ['>', cpu, 90]], ['none', ['>', 'cpu', 90]], ['<', cpu, 5], ['!', ['<', cpu, 5]], ['==', cpu, null]];
const colors = [['step', cpu, 'green', 90, 'red'], ['step', ['to-number', cpu], 'green', 90, 'red']];
for (const properties of [{ cpu: 95 }, {}, { cpu: null }, { cpu: '' }, { cpu: '95' }]) {
  const feature = { properties, type: 1 };
  console.log(JSON.stringify(properties));
  console.log('  in:', filters.filter(filter => featureFilter(filter, 'filter').filter({ zoom: 5 }, feature)).map(filter => JSON.stringify(filter)).join(' '));
  for (const expression of colors) console.log(`  ${JSON.stringify(expression)}: ${createPropertyExpression(expression, 'color', color).value.evaluate({ zoom: 5 }, feature)}`);
}
E
cat > expected <<'E'
{"cpu":95}
  in: [">",["get","cpu"],90] ["!",["<",["get","cpu"],5]]
  ["step",["get","cpu"],"green",90,"red"]: rgba(255,0,0,1)
  ["step",["to-number",["get","cpu"]],"green",90,"red"]: rgba(255,0,0,1)
{}
  in: ["none",[">","cpu",90]] ["==",["get","cpu"],null]
  ["step",["get","cpu"],"green",90,"red"]: rgba(0,0,0,1)
  ["step",["to-number",["get","cpu"]],"green",90,"red"]: rgba(0,128,0,1)
{"cpu":null}
  in: ["none",[">","cpu",90]] ["==",["get","cpu"],null]
  ["step",["get","cpu"],"green",90,"red"]: rgba(0,0,0,1)
  ["step",["to-number",["get","cpu"]],"green",90,"red"]: rgba(0,128,0,1)
{"cpu":""}
  in: ["none",[">","cpu",90]]
  ["step",["get","cpu"],"green",90,"red"]: rgba(0,0,0,1)
  ["step",["to-number",["get","cpu"]],"green",90,"red"]: rgba(0,128,0,1)
{"cpu":"95"}
  in: ["none",[">","cpu",90]]
  ["step",["get","cpu"],"green",90,"red"]: rgba(0,0,0,1)
  ["step",["to-number",["get","cpu"]],"green",90,"red"]: rgba(255,0,0,1)
E
npm install --silent --no-audit --no-fund @maplibre/maplibre-gl-style-spec@26.6.0 >/dev/null
node map.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the expressions answer otherwise than noted"; exit 1; }
