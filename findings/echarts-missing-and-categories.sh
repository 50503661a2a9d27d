#!/usr/bin/env bash
# Software: echarts 6.1.0 (npm), rendered on the server.
# Expected: the sum of a stack is missing where one of its parts is; a point is drawn above the category it names, or is an error.
# Happens:  a part without a value counts as 0: the total falls from 15 to 5 and back. A number is the position of a category, from 0, also where the categories are texts
#           of numbers: 1 of "1", "2", "3" is drawn above "2", and 3 not at all, nor is a name that is not in the list. A gauge of null shows the text NaN.
# Matters:  the memory of a fleet has a dip for each node that was late with one sample; the bars of shards or floors stand one place to the right.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > draw.mjs <<'E'
import * as echarts from 'echarts';
const draw = option => {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 400, height: 300 });
  chart.setOption({ animation: false, ...option });
  return chart;
};
const data = (chart, index) => chart.getModel().getSeriesByIndex(index).getData();
const stack = draw({
  xAxis: { type: 'category', data: ['10:00', '10:01', '10:02'] }, yAxis: {}, series: [[10, null, 10], [5, 5, 5]].map(values => ({ type: 'line', stack: 'memory', data: values })) });
for (const index of [0, 1]) {
  const part = data(stack, index);
  console.log(`part ${index + 1} of the stack ends at ${[0, 1, 2].map(time => part.get(part.getCalculationInfo('stackResultDimension'), time)).join(', ')}`);
}
const categories = ['1', '2', '3'];
const bars = data(draw({ xAxis: { type: 'category', data: categories }, yAxis: {}, series: [{ type: 'bar', data: [[1, 10], [3, 30], ['1', 10], ['4', 40]] }] }), 0);
console.log('bars for 1, 3, "1", "4" above', [0, 1, 2, 3].map(bar => categories[bars.get('x', bar)] ?? 'nothing').join(', '));
const gauge = draw({ series: [{ type: 'gauge', data: [{ value: null }] }] }).renderToSVGString();
console.log('gauge of null shows', gauge.match(/>([^<]+)<\/text>/g).at(-1).slice(1, -7));
process.exit();
E
cat > expected <<'E'
part 1 of the stack ends at 10, NaN, 10
part 2 of the stack ends at 15, 5, 15
bars for 1, 3, "1", "4" above 2, nothing, 1, nothing
gauge of null shows NaN
E
npm install --silent --no-audit --no-fund echarts@6.1.0 >/dev/null
node draw.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: the library draws otherwise than noted"; exit 1; }
