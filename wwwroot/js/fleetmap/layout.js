// Where cells are: groups as blocks in equal columns, each with a head; a block is rows of square cells. All lengths are device pixels.
// The plan (columns of blocks, cells a row) is made for the largest cells with which everything fits; zooming keeps the plan and enlarges the cells.
export const LEAST = 2;

export function plan(counts, width, height, most, head, gap, leastBlock) {
  let best = null, lowest = null;
  const columns = Math.max(1, Math.min(counts.length || 1, 12, Math.floor((width + gap) / leastBlock)));
  for (let k = 1; k <= columns; k++) {
    const least = { columns: k, across: Math.max(1, Math.floor((width - gap * (k - 1)) / k / LEAST)), pitch: LEAST };
    least.height = place(counts, least, LEAST, head, gap).height;
    if (!lowest || least.height < lowest.height) lowest = least;
    // The height falls as cells shrink: search by halves.
    let low = LEAST, high = most, found = null;
    while (low <= high) {
      const pitch = (low + high) >> 1, across = Math.floor((width - gap * (k - 1)) / k / pitch);
      const tall = across >= 1 ? place(counts, { columns: k, across }, pitch, head, gap).height : Infinity;
      if (tall <= height) { found = { columns: k, across, pitch, height: tall }; low = pitch + 1; } else high = pitch - 1;
    }
    // Of equally large cells those that take less height: a window a little lower then keeps the plan.
    if (found && (!best || found.pitch > best.pitch || (found.pitch === best.pitch && found.height < best.height))) best = found;
  }
  // Too many cells even for the smallest: the map is higher than its window, and can be moved.
  return best ?? lowest;
}

// Each block goes under the column that is lowest so far, so that blocks of unequal size leave little empty.
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

// The cells that a rectangle touches, as starts and ends (not included) in turn: a run for each row of each block.
export function cellsIn(blocks, pitch, left, top, right, bottom) {
  const ranges = [];
  for (const b of blocks) {
    const c0 = Math.max(0, Math.floor((left - b.x) / pitch)), c1 = Math.min(b.across - 1, Math.floor((right - b.x) / pitch));
    const r0 = Math.max(0, Math.floor((top - b.y) / pitch)), r1 = Math.min(b.rows - 1, Math.floor((bottom - b.y) / pitch));
    if (c0 > c1 || r0 > r1) continue;
    for (let r = r0; r <= r1; r++) {
      const from = b.first + r * b.across + c0, to = b.first + Math.min(b.count, r * b.across + c1 + 1);
      if (from >= to) continue;
      if (ranges.length && ranges[ranges.length - 1] === from) ranges[ranges.length - 1] = to; else ranges.push(from, to);
    }
  }
  return ranges;
}
