// Deployments and commands of operators on the time axis. Marks whose flags would overlap become one box.

// Two rows with names; below them boxes, and flags without room for their names.
const ROWS = 2, ROW = 15, FLAG = 15;
export const marksHeight = ROWS * ROW + 18;

// A box covers marks that start within this many pixels of its last one, so that clicking it always zooms in.
export const BOX = 136;

// Groups marks that are sorted by start: `early` started before the scale and last into it; the `items` never overlap.
export function grouped(marks, s, now) {
  const early = [], items = [];
  let open = null;
  const settle = () => {
    if (!open) return;
    open.marks.reverse();
    if (open.x < s.x0) early.unshift(...open.marks.filter(mark => (mark.to < 0 ? now : mark.to) >= s.t0));
    else if (open.x - (open.marks.length > 1 ? BOX : 0) <= s.x1) items.push(open);
  };
  // From the newest one, which is at the right edge and has room on one side only.
  for (let i = marks.length - 1; i >= 0; i--) {
    const x = s.x(marks[i].from);
    if (open && open.x - x < (open.marks.length > 1 ? BOX : FLAG)) { open.marks.push(marks[i]); continue; }
    settle();
    open = { x, marks: [marks[i]] };
  }
  settle();
  return { early, items: items.reverse() };
}

export function kindOf(marks) {
  const operations = marks.filter(m => m.operation).length;
  return operations === 0 ? 'deployments' : operations === marks.length ? 'actions' : 'marks';
}

const same = (a, b) => a && a.length === b.length && a[0].from === b[0].from && a[0].href === b[0].href;

export function paintMarks(t) {
  const { g, s } = t, busy = new Array(ROWS).fill(-1e9), { early, items } = grouped(t.store.marks, s, t.now());
  t.markBoxes = [];
  g.save();
  g.beginPath(); g.rect(s.x0, 0, t.W - s.x0, t.H); g.clip();
  if (early.length > ROWS) busy[0] = box(t, s.x0, s.x0, 0, early) + 6;
  else early.forEach((mark, row) => { busy[row] = flag(t, mark, s.x0, row, busy); });
  for (const { x, marks } of items) {
    if (marks.length > 1) { box(t, s.x(marks[0].from) - 2, x + 2, ROWS, marks); continue; }
    const row = busy.findIndex(b => b <= x - 3), end = flag(t, marks[0], x, row < 0 ? ROWS : row, busy);
    if (row >= 0) busy[row] = end;
  }
  g.restore();
}

// A click on a mark opens its page, on a box zooms to the time in which its marks start.
export function openMarks(t, marks) {
  if (marks.length === 1) { t.go(marks[0].href); return; }
  const a = marks[0].from, b = marks[marks.length - 1].from, pad = (b - a) * 0.1;
  t.cardElement.hidden = true;
  t.range(a - pad, b + pad);
}

// Draws a box over its marks, and to the left of the last one as far as its text needs; returns its end.
function box(t, from, to, row, marks) {
  const { g, look, s } = t, bad = marks.some(m => m.bad), hot = same(t.hover?.marks, marks), y = 1 + row * ROW;
  const text = `${bad ? '✕ ' : ''}${marks.length} ${kindOf(marks)}`, colour = bad ? look.bad : look.focus, w = Math.min(BOX - 10, Math.max(to - from, t.width(text, '600 11px') + 12)), x = row < ROWS ? from : to - w;
  g.fillStyle = colour;
  g.beginPath(); g.roundRect(x, y, w, ROW, 3); g.fill();
  t.text(text, x + 6, y + ROW / 2 + 0.5, w - 8, look.ground, '600 11px');
  if (hot) {
    g.beginPath();
    for (const mark of marks) { const at = Math.round(s.x(mark.from)) + 0.5; if (at >= s.x0) { g.moveTo(at, y + ROW); g.lineTo(at, t.H); } }
    dashed(g, colour, 0.9);
  }
  t.markBoxes.push({ x0: x, x1: x + w, y0: y, y1: y + ROW, marks });
  return x + w;
}

// Draws a flag, or the diamond of a command, with its name if there is room; returns its end.
function flag(t, mark, x, row, busy) {
  const { g, look, s } = t, named = row < ROWS, y = 2 + row * ROW, colour = mark.bad ? look.bad : mark.operation ? look.lost : look.focus, hot = same(t.hover?.marks, [mark]);
  const x1 = Math.max(x + 6, Math.min(s.x1, s.x(mark.to < 0 ? t.now() : mark.to)));
  let end = mark.operation ? x + 8 : x1, left = x - 4;
  g.fillStyle = colour;
  if (mark.operation) { g.beginPath(); g.moveTo(x, y + 1); g.lineTo(x + 5.5, y + 6.5); g.lineTo(x, y + 12); g.lineTo(x - 5.5, y + 6.5); g.fill(); }
  else {
    if (named) g.fillRect(x, y + 10, x1 - x, 3);
    g.beginPath(); g.moveTo(x, y); g.lineTo(x + 7, y + 4); g.lineTo(x, y + 8); g.fill();
    g.fillRect(x, y, 1.5, 13);
  }
  if (mark.from >= s.t0) { g.beginPath(); g.moveTo(Math.round(x) + 0.5, y + 13); g.lineTo(Math.round(x) + 0.5, t.H); dashed(g, colour, hot ? 0.9 : 0.35); }
  if (named) {
    const label = (mark.bad ? '✕ ' : '') + mark.name, w = Math.min(200, t.width(label, '11px'));
    // At the right edge the name is before the flag, if there is room.
    const before = x + 14 + w > t.W - 4, fits = !before || busy[row] < x - w - 10;
    if (fits) t.text(label, before ? x - w - 6 : x + 11, y + 5, w + 2, hot ? look.text : look.quiet, '11px');
    if (!before) end = Math.max(end, x + 14 + w);
    else if (fits) left = x - w - 8;
  }
  t.markBoxes.push({ x0: left, x1: named ? end : x + 8, y0: y, y1: y + ROW, marks: [mark] });
  return end + 6;
}

function dashed(g, colour, alpha) {
  g.globalAlpha = alpha; g.setLineDash([3, 4]); g.strokeStyle = colour; g.lineWidth = 1;
  g.stroke();
  g.setLineDash([]); g.globalAlpha = 1;
}
