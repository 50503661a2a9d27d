#!/usr/bin/env bash
# Software: @tanstack/table-core 8.21.3 (npm), the core of TanStack Table in React, Vue, Svelte and others.
# Expected: a column without settings is sorted by what its values are, in one way however many rows there are; what is unknown is not less than 50.
# Happens:  the automatic choice looks at the rows from the eleventh on. With ten rows or fewer, texts with numbers are sorted letter by letter, capitals first (edge-10 before edge-9);
#           with more, by their numbers. A range takes null for 0, and a NaN leaves the rows around it where they were.
# Matters:  a list of nodes sorts rightly in production and wrongly in each test and demo with a few rows, or changes its order when a filter leaves ten of them; "disk below 50 GB"
#           lists the nodes that do not tell.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
cat > table.mjs <<'E'
import { createTable, getCoreRowModel, getFilteredRowModel, getSortedRowModel } from '@tanstack/table-core';
function rows(values, state) {
  const table = createTable({
    data: values.map(value => ({ value })), columns: [{ accessorKey: 'value' }], state: { columnPinning: {}, columnVisibility: {}, ...state }, onStateChange() {}, renderFallbackValue: null,
    getCoreRowModel: getCoreRowModel(), getFilteredRowModel: getFilteredRowModel(), getSortedRowModel: getSortedRowModel(),
  });
  return table.getRowModel().rows.map(row => String(row.original.value));
}
const sorting = [{ id: 'value', desc: false }], filter = value => ({ columnFilters: [{ id: 'value', value }] });
for (const count of [10, 11]) {
  const names = Array.from({ length: count }, (_, at) => `edge-${count + 1 - at}`);
  names[1] = 'Edge-1';
  console.log(`${count} rows, sorted: ${rows(names, { sorting }).slice(0, 5).join(', ')}`);
}
console.log(`5 NaN 1 3 NaN 2, sorted: ${rows([5, NaN, 1, 3, NaN, 2], { sorting }).join(', ')}`);
console.log(`up to 50 of 10, null, 90: ${rows([10, null, 90], filter([null, 50])).join(', ')}`);
E
cat > expected <<'E'
10 rows, sorted: Edge-1, edge-11, edge-2, edge-3, edge-4
11 rows, sorted: Edge-1, edge-2, edge-3, edge-4, edge-5
5 NaN 1 3 NaN 2, sorted: NaN, 1, 2, 3, NaN, 5
up to 50 of 10, null, 90: 10, null
E
npm install --silent --no-audit --no-fund @tanstack/table-core@8.21.3 >/dev/null
node table.mjs > seen
cat seen
diff expected seen || { echo "CHANGED: tables are sorted or filtered otherwise than noted"; exit 1; }
