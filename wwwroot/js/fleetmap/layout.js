// Layout of the cells: groups as blocks in equal columns, each with a heading; a block has rows of square cells. Lengths are device pixels.
// The plan (columns of blocks, cells per row) is made for the largest cells that fit; zooming keeps the plan and enlarges the cells.
export const LEAST = 2;

const columnsOf = (counts, width, gap, leastBlock) => Math.max(1, Math.min(counts.length || 1, 12, Math.floor((width + gap) / leastBlock)));

export function plan(counts, width, height, most, head, gap, leastBlock) {
  let best = null, lowest = null;
  for (let k = 1; k <= columnsOf(counts, width, gap, leastBlock); k++) {
    const least = { columns: k, across: Math.max(1, Math.floor((width - gap * (k - 1)) / k / LEAST)), pitch: LEAST };
    least.height = place(counts, least, LEAST, head, gap).height;
    if (!lowest || least.height < lowest.height) lowest = least;
    // Binary search: smaller cells need less height.
    let low = LEAST, high = most, found = null;
    while (low <= high) {
      const pitch = (low + high) >> 1, across = Math.floor((width - gap * (k - 1)) / k / pitch);
      const tall = across >= 1 ? place(counts, { columns: k, across }, pitch, head, gap).height : Infinity;
      if (tall <= height) { found = { columns: k, across, pitch, height: tall }; low = pitch + 1; } else high = pitch - 1;
    }
    // Of plans with equal cells take the lower one, which still fits if the window shrinks a little.
    if (found && (!best || found.pitch > best.pitch || (found.pitch === best.pitch && found.height < best.height))) best = found;
  }
  // Even the smallest cells do not fit: the map is higher than its window and can be moved.
  return best ?? lowest;
}

// Height needed for cells of a size.
export function heightOf(counts, width, pitch, head, gap, leastBlock) {
  let least = Infinity;
  for (let k = 1; k <= columnsOf(counts, width, gap, leastBlock); k++) {
    const across = Math.floor((width - gap * (k - 1)) / k / pitch);
    if (across >= 1) least = Math.min(least, place(counts, { columns: k, across }, pitch, head, gap).height);
  }
  return least;
}

// Each block goes below the lowest column, so that blocks of different sizes leave little space empty.
export function place(counts, { columns, across }, pitch, head, gap) {
  const tops = new Array(columns).fill(0), blocks = [];
  let first = 0;
  for (const count of counts) {
    let column = 0;
    for (let c = 1; c < columns; c++) if (tops[c] < tops[column]) column = c;
    const rows = Math.ceil(count / across), x = column * (across * pitch + gap), y = tops[column] + head;
    blocks.push({ x, y, first, count, across, rows, width: across * pitch, height: rows * pitch });
    tops[column] = y + rows * pitch + gap;
    first += count;
  }
  return { blocks, width: columns * (across * pitch + gap) - gap, height: Math.max(0, ...tops) - gap };
}

export function cellAt(blocks, pitch, x, y) {
  for (const b of blocks) {
    if (x < b.x || y < b.y || x >= b.x + b.width || y >= b.y + b.height) continue;
    const cell = Math.floor((y - b.y) / pitch) * b.across + Math.floor((x - b.x) / pitch);
    return cell < b.count ? b.first + cell : -1;
  }
  return -1;
}

export function blockOf(blocks, cell) {
  let low = 0, high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (blocks[middle].first <= cell) low = middle; else high = middle - 1;
  }
  return low;
}

export function boxOf(blocks, pitch, cell) {
  const b = blocks[blockOf(blocks, cell)], at = cell - b.first;
  return { x: b.x + (at % b.across) * pitch, y: b.y + Math.floor(at / b.across) * pitch };
}

// Cells whose centre is inside of a closed path (x and y in turn), as start and end (exclusive) in turn. Areas that the path goes around twice
// are outside. Computed from the crossings of the edges with rows, without testing single cells.
export function cellsIn(blocks, pitch, path) {
  const ranges = [], n = path.length;
  let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
  for (let i = 0; i < n; i += 2) { left = Math.min(left, path[i]); right = Math.max(right, path[i]); top = Math.min(top, path[i + 1]); bottom = Math.max(bottom, path[i + 1]); }
  for (const b of blocks) {
    if (b.x > right || b.x + b.width < left || b.y > bottom || b.y + b.height < top) continue;
    // The first row or column whose centre is not before a position.
    const from = (at, start) => Math.ceil((at - start) / pitch - 0.5);
    const r0 = Math.max(0, from(top, b.y)), r1 = Math.min(b.rows, from(bottom, b.y)), crossings = [];
    for (let r = r0; r < r1; r++) crossings.push([]);
    for (let i = 0; i < n && r0 < r1; i += 2) {
      const j = (i + 2) % n, down = path[i + 1] < path[j + 1], x0 = path[down ? i : j], y0 = path[(down ? i : j) + 1], x1 = path[down ? j : i], y1 = path[(down ? j : i) + 1];
      for (let r = Math.max(r0, from(y0, b.y)), end = Math.min(r1, from(y1, b.y)); r < end; r++) crossings[r - r0].push(x0 + (b.y + (r + 0.5) * pitch - y0) / (y1 - y0) * (x1 - x0));
    }
    for (let r = r0; r < r1; r++) {
      const xs = crossings[r - r0].sort((a, z) => a - z);
      for (let i = 0; i + 1 < xs.length; i += 2) {
        const start = b.first + r * b.across + Math.max(0, from(xs[i], b.x)), end = b.first + Math.min(b.count, r * b.across + Math.min(b.across, from(xs[i + 1], b.x)));
        if (start >= end) continue;
        if (ranges.length && ranges[ranges.length - 1] === start) ranges[ranges.length - 1] = end; else ranges.push(start, end);
      }
    }
  }
  return ranges;
}
