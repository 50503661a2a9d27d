// The keyboard cursor over lanes, headings and bars. Its position is announced to screen readers.
import { spoken } from './card.js';

export function point(t, row, bar, speak = true) {
  t.cursor = { row, bar };
  t.pointAt(bar);
  if (row >= 0) {
    const y = t.rowY(row);
    if (y < t.axisH) t.top += y - t.axisH;
    else if (y + t.rowH > t.H) t.top += y + t.rowH - t.H;
    if (bar && speak) bring(t, bar);
  }
  t.draw();
  if (!speak) return;
  t.live.textContent = spoken(t, row, bar);
  if (bar && t.s) { const b = t.box(row, bar); t.card({ row, bar }, Math.max(t.gutter, Math.min(b.x0, t.W - 40)), b.y + b.h); } else t.cardElement.hidden = true;
}

function bring(t, bar) {
  const last = bar.lives < 0 ? t.now() : bar.lives;
  if (bar.from < t.t1 && last > t.t0) return;
  const share = (t.t1 - t.t0) * 0.3, to = bar.from > t.t1 ? bar.from + share : last + share * 2;
  t.range(to - (t.t1 - t.t0), to);
}

export function walkLane(t, by) {
  const row = t.cursor.row < 0 ? (by > 0 ? t.visible()[0] : t.visible()[1]) : t.cursor.row + by;
  if (row >= 0 && row < t.store.rows) point(t, row, null);
}

export function walkBar(t, by) {
  if (t.cursor.row < 0) walkLane(t, 1);
  const head = headAt(t);
  if (head) { if (Math.abs(by) === 1 && head.folded === by > 0) fold(t); return; }
  const bars = t.store.laneAt(t.cursor.row)?.bars ?? [];
  if (bars.length === 0) return;
  const held = t.cursor.bar ? bars.indexOf(t.cursor.bar) : -1;
  // From a lane, keys enter the last visible bar.
  const enter = bars.findLastIndex(b => b.from <= t.t1);
  point(t, t.cursor.row, bars[held < 0 ? (by < -1 ? 0 : Math.max(0, enter)) : Math.max(0, Math.min(bars.length - 1, held + by))]);
}

export function enter(t) {
  if (t.cursor.bar) t.open(t.cursor.bar.id);
  else if (headAt(t)) fold(t);
  else return false;
}

const headAt = t => { const head = t.store.heads.get(t.cursor.row); return head?.key === -1 ? head : null; };

function fold(t) { t.speakFold = true; t.foldGroup(t.cursor.row); }

// After rows changed: the cursor stays if the same item is at the same place, as when a group is folded at its heading.
export function kept(t, before) {
  const now = t.store.heads.get(t.cursor.row), same = before && now && before.key === now.key && before.name === now.name;
  t.hover = null; t.cardElement.hidden = true;
  if (!same) t.cursor = { row: -1, bar: null };
  else if (t.speakFold && now.key === -1) point(t, t.cursor.row, null);
  t.speakFold = false;
}
