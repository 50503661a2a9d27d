// Draws the visible lanes. Rectangles are collected by appearance and filled together; those on the same pixel are drawn once.
import { cutName } from './names.js';
import { linkName } from './look.js';
import { paintGrid } from './axis.js';
import { paintHead } from './heads.js';

export function paintLanes(t) {
  const { g, store, look, s } = t, [first, last] = t.visible();
  const fills = new Map(), caps = [], labels = [], links = [], tails = [];
  t.drawn = 0;
  const blind = unwatched(t);
  for (let row = first; row <= last; row++) { const head = store.heads.get(row); if (head && head.key >= 0) ground(t, row, store.lanes.get(head.key), t.rowY(row), blind); }
  paintGrid(t);
  // Small rectangles have no pattern: it would be invisible, and a million of them are slow.
  const put = (name, dim, x, y, w, h) => {
    let lists = fills.get(name);
    if (!lists) fills.set(name, lists = [[], [], [], []]);
    const list = lists[(dim ? 2 : 0) + (w < 7 || h < 4 ? 1 : 0)];
    list.push(x, y, w, h);
  };
  for (let row = first; row <= last; row++) {
    const y = t.rowY(row), head = store.heads.get(row);
    if (!head) { skeleton(t, y); continue; }
    if (head.key < 0) { paintHead(t, head, row, y); continue; }
    const lane = store.lanes.get(head.key);
    if (!lane) { skeleton(t, y, head); continue; }
    laneBars(t, lane, y, put, caps, labels, links, tails);
  }
  g.save();
  g.beginPath(); g.rect(s.x0, t.axisH, s.x1 - s.x0, t.H - t.axisH); g.clip();
  g.globalAlpha = 0.4;
  line(g, look.quiet, 1, links);
  for (const [x0, x1, y, name, dim] of tails) { g.globalAlpha = dim ? 0.16 : 0.75; g.fillStyle = look.styles.get(name).colour; g.fillRect(x0, y - 1, x1 - x0, 2); }
  for (const [name, lists] of fills) for (let kind = 0; kind < 4; kind++) {
    const list = lists[kind], small = (kind & 1) === 1, style = look.styles.get(name);
    if (list.length === 0) continue;
    g.globalAlpha = kind > 1 ? 0.16 : 1;
    if (small) {
      g.fillStyle = style.solid;
      for (let i = 0; i < list.length; i += 4) g.fillRect(Math.round(list[i]), list[i + 1], Math.max(1, Math.round(list[i + 2])), list[i + 3]);
    } else if (style.hollow) {
      g.strokeStyle = style.colour; g.lineWidth = 1.2;
      g.setLineDash(style.name === 'other' ? [4, 3] : []);
      g.beginPath();
      for (let i = 0; i < list.length; i += 4) g.rect(list[i] + 0.6, list[i + 1] + 0.6, Math.max(0.6, list[i + 2] - 1.2), list[i + 3] - 1.2);
      g.stroke(); g.setLineDash([]);
    } else {
      g.fillStyle = style.fill;
      for (let i = 0; i < list.length; i += 4) g.fillRect(list[i], list[i + 1], list[i + 2], list[i + 3]);
      g.fillStyle = style.colour; // a firm edge at each beginning
      for (let i = 0; i < list.length; i += 4) if (list[i + 2] > 12) g.fillRect(list[i], list[i + 1], 2, list[i + 3]);
    }
  }
  for (const c of caps) cap(t, ...c);
  g.globalAlpha = 1;
  for (const [text, x, y, w, dim, name] of labels) {
    const style = look.styles.get(name);
    g.globalAlpha = dim ? 0.25 : 1;
    if (style.patterned) { g.fillStyle = style.colour; g.fillRect(x - 3, y - 7, Math.min(w, t.width(text, '500 11px')) + 6, 14); }
    t.text(text, x, y, w, style.hollow ? look.text : look.ground, '500 11px');
  }
  g.globalAlpha = 1;
  g.restore();
}

const PASSING = new Set(['pending', 'starting', 'validating', 'stopping']);

function laneBars(t, lane, y, put, caps, labels, links, tails) {
  const { s, store } = t, now = t.now(), { t0, t1 } = s;
  const pad = t.rowH >= 30 ? 4 : 2, tracks = Math.max(1, lane.tracks), th = (t.rowH - 2 * pad) / tracks, h = Math.max(2, Math.round(th - (th > 6 ? 2 : 1)));
  const open = [], lastX = [], lastName = [];
  for (const bar of lane.bars) {
    const top = Math.round(y + pad + Math.min(bar.track, tracks - 1) * th);
    if (bar.from > t1) { if (bar.prev) link(t, lane, bar, y, pad, th, h, links); break; }
    const tail = open[bar.track];
    if (tail) { tails.push([tail.x, Math.max(tail.x, Math.min(s.x(bar.from), s.x1)), tail.y, tail.name, tail.dim]); open[bar.track] = null; }
    const last = bar.states.length - 1;
    if (bar.ended) {
      const name = store.state(bar.states[last]);
      if (name === 'failed' || name === 'lost') open[bar.track] = { x: Math.max(s.x0, s.x(bar.starts[last])) + 8, y: top + h / 2, name, dim: bar.dim };
    }
    const until = bar.lives < 0 ? now : bar.lives;
    let carried = null, wide = 0, wideX = 0, wideName = '';
    if (until < t0 && !(bar.ended && bar.starts[last] >= t0)) continue;
    for (let i = 0; i <= last; i++) {
      const from = bar.starts[i];
      if (from > t1) break;
      const name = store.state(bar.states[i]);
      if (bar.ended && i === last) {
        // In low lanes a successful end is the gap after it; other ends are a tick.
        if (from >= t0 && h < 5) { if (name !== 'completed') put(name, bar.dim, s.x(from) - 1, top, 2, h); } else if (from >= t0) caps.push([s.x(from), top, h, name, bar.dim]);
        break;
      }
      const to = i < last ? bar.starts[i + 1] : bar.end < 0 ? Math.max(now, from) : bar.end;
      if (to < t0) continue;
      const start = carried ?? s.x(from);
      carried = null;
      // A transitional state that is too short to see is drawn as its successor; urgent states are always drawn.
      if (i < last && PASSING.has(name) && s.x(to) - start < 3) { carried = start; continue; }
      const x0 = Math.max(s.x0 - 3, start), x1 = Math.max(x0 + 1.5, Math.min(s.x1 + 3, s.x(to)));
      if (x1 <= lastX[bar.track] && name === lastName[bar.track]) continue;
      put(name, bar.dim, x0, top, x1 - x0, h);
      const room = Math.min(s.x1, x1) - Math.max(s.x0, x0);
      if (room > wide) { wide = room; wideX = Math.max(s.x0, x0); wideName = name; }
      lastX[bar.track] = Math.floor(x1); lastName[bar.track] = name; t.drawn++;
    }
    if (h >= 13 && wide > 56) labels.push([`${store.word(bar.job)} v${bar.version}`, wideX + 6, top + h / 2 + 0.5, wide - 10, bar.dim, wideName]);
    if (bar.prev) link(t, lane, bar, y, pad, th, h, links);
  }
  const end = Math.min(s.x1, s.x(now));
  for (const tail of open) if (tail && end > tail.x) tails.push([tail.x, end, tail.y, tail.name, tail.dim]);
}

function link(t, lane, bar, y, pad, th, h, links) {
  const prev = lane.byId.get(bar.prev);
  if (!prev || prev.lives < 0) return;
  const a = t.s.x(prev.lives), b = t.s.x(bar.from);
  if (b < t.s.x0 || a > t.s.x1 || (b - a < 3 && prev.track === bar.track)) return;
  const at = n => y + pad + Math.min(n, lane.tracks - 1) * th + h / 2;
  links.push([a, at(prev.track), b, at(bar.track)]);
}

function line(g, colour, width, links) {
  g.strokeStyle = colour; g.lineWidth = width;
  g.beginPath();
  for (const [x0, y0, x1, y1] of links) {
    g.moveTo(x0, y0);
    if (y0 === y1) { g.lineTo(x1, y1); continue; }
    const bend = Math.min(24, (x1 - x0) / 2);
    if (bend < 2) { g.lineTo(x1, y1); continue; }
    g.lineTo(x1 - 2 * bend, y0);
    g.bezierCurveTo(x1 - bend, y0, x1 - bend, y1, x1, y1);
  }
  g.stroke();
}

function cap(t, x, y, h, name, dim) {
  const { g, look } = t, style = look.styles.get(name), size = Math.min(12, h + 2);
  g.globalAlpha = dim ? 0.16 : 1;
  g.fillStyle = style.colour;
  g.fillRect(x - 1, y, 2, h);
  if (size < 7) return;
  g.save();
  g.translate(x + 2, y + h / 2 - size / 2); g.scale(size / 16, size / 16);
  g.strokeStyle = style.colour; g.lineWidth = name === 'failed' ? 3.2 : 2.4; g.lineCap = 'round';
  if (name === 'stopped') g.fill(look.paths.stopped); else g.stroke(look.paths[name] ?? look.paths['']);
  g.restore();
}

// Visible gaps of the feed, as start and end in pixels; those on the same pixel are merged.
function unwatched(t) {
  const { s, store } = t, ends = [], put = (x0, x1) => { if (ends.length && x0 <= ends.at(-1) + 1) ends[ends.length - 1] = Math.max(ends.at(-1), x1); else ends.push(x0, x1); };
  if (store.knownSince != null && store.knownSince > s.t0) put(s.x0, Math.min(s.x1, s.x(store.knownSince)));
  for (let i = 0; i < store.gaps.length; i += 2) {
    const [from, to] = [store.gaps[i], store.gaps[i + 1]];
    if (to > s.t0 && from < s.t1) put(Math.max(s.x0, s.x(from)), Math.min(s.x1, Math.max(s.x(from) + 1, s.x(to))));
  }
  return ends;
}

function ground(t, row, lane, y, blind) {
  const { g, look, s } = t;
  g.fillStyle = row === t.cursor.row ? look.chosen : row === t.hover?.row ? look.hover : look.ground;
  g.fillRect(0, y, t.W, t.rowH);
  if (lane) {
    const now = t.now(), link = lane.link;
    for (let i = 0; i < link.length; i += 2) {
      const name = linkName(t.store.word(link[i]));
      if (name === 'connected') continue;
      const x0 = Math.max(s.x0, s.x(link[i + 1])), x1 = Math.min(s.x1, i + 3 < link.length ? s.x(link[i + 3]) : s.x(now));
      if (x1 <= x0) continue;
      g.fillStyle = name === 'lost' || name === 'gone' ? look.crosses : look.hatch;
      g.fillRect(x0, y, Math.max(1, x1 - x0), t.rowH);
    }
  }
  g.fillStyle = look.before;
  for (let i = 0; i < blind.length; i += 2) g.fillRect(blind[i], y, blind[i + 1] - blind[i], t.rowH);
  g.fillStyle = look.line;
  g.fillRect(0, y + t.rowH - 1, t.W, 1);
}

function skeleton(t, y, head) {
  const { g, look, s } = t;
  if (!head) { g.fillStyle = look.ground; g.fillRect(0, y, t.W, t.rowH); g.fillStyle = look.line; g.fillRect(0, y + t.rowH - 1, t.W, 1); }
  g.fillStyle = look.band;
  g.fillRect(s.x0 + 8, y + t.rowH / 2 - 3, (s.x1 - s.x0) * 0.6, 6);
  if (!head) g.fillRect(12, y + t.rowH / 2 - 4, t.gutter * 0.55, 8);
}

export function paintGutter(t) {
  const { g, look, store } = t, [first, last] = t.visible();
  const edge = (y, h) => { g.fillStyle = look.line; g.fillRect(t.gutter - 1, y, 1, h); };
  edge(t.rowY(last + 1), t.H);
  for (let row = first; row <= last; row++) {
    const head = store.heads.get(row);
    if (head?.key < 0) continue;
    edge(t.rowY(row), t.rowH);
    if (!head) continue;
    const y = t.rowY(row) + t.rowH / 2, lane = store.lanes.get(head.key);
    const name = lane && lane.link.length ? linkName(store.word(lane.link[lane.link.length - 2])) : null;
    g.fillStyle = row === t.cursor.row ? look.chosen : row === t.hover?.row ? look.hover : look.ground;
    g.fillRect(0, y - t.rowH / 2, t.gutter - 1, t.rowH - 1);
    linkMark(g, look, name, 12, y);
    const left = lane?.left ? 18 : 0;
    const room = t.gutter - 30 - left;
    t.text(cutName(t, head.name, store.heads.get(row - 1)?.name, store.heads.get(row + 1)?.name, room, '500 12.5px'), 22, y, room, look.text, '500 12.5px', true);
    if (left) t.text('▲', t.gutter - 18, y, 14, look.warn, '11px');
  }
}

// Current connection: a dot, a ring or a cross; nothing when unknown.
function linkMark(g, look, name, x, y) {
  if (!name) return;
  g.lineWidth = 1.8;
  g.beginPath();
  if (name === 'connected') { g.fillStyle = look.ok; g.arc(x, y, 3.4, 0, 7); g.fill(); return; }
  g.strokeStyle = name === 'disconnected' ? look.warn : name === 'lost' || name === 'gone' ? look.lost : look.quiet;
  if (name === 'lost' || name === 'gone') { g.moveTo(x - 3, y - 3); g.lineTo(x + 3, y + 3); g.moveTo(x + 3, y - 3); g.lineTo(x - 3, y + 3); }
  else g.arc(x, y, 3, 0, 7);
  g.stroke();
}
