// Lanes of nodes over time on a canvas. Receives one update per tick (see TimelineUpdate); reports the visible range, and what was opened.
import { scale, idle, zoomed } from './timeline/scale.js';
import { readLook } from './timeline/look.js';
import { Store } from './timeline/store.js';
import { paintLanes, paintGutter } from './timeline/paint.js';
import { paintAxis, paintOver } from './timeline/axis.js';
import { marksHeight } from './timeline/marks.js';
import { overview } from './timeline/overview.js';
import { showCard } from './timeline/card.js';
import { listen } from './timeline/input.js';
import { kept } from './timeline/walk.js';
import { pageNow } from './server-clock.js';
import { zoneName } from './zone.js';

// Browsers limit the height of elements.
const HIGHEST = 16_000_000;
const HEIGHTS = { low: 20, middle: 38, high: 84 };
const make = (parent, name, className) => { const e = document.createElement(name); if (className) e.className = className; parent.append(e); return e; };

class Timeline {
  store = new Store(); hover = null; cursor = { row: -1, bar: null }; brush = null; markBoxes = []; drawn = 0;
  stats = { frames: 0, ms: 0, worst: 0 };
  t0 = 0; t1 = 1; at = 0; stretch = 1; span = 3600000; follows = true; fold = false; height = 'middle'; W = 0; H = 0; dpr = 1; rowH = 38; gutter = 170; axisH = marksHeight + 22;

  constructor(host, owner, view) {
    this.host = host; this.owner = owner;
    this.strip = make(host, 'canvas', 'lanes-strip');
    this.strip.setAttribute('aria-hidden', 'true');
    this.scroll = make(host, 'div', 'lanes-scroll');
    Object.assign(this.scroll, { tabIndex: 0 });
    for (const [k, v] of [['role', 'application'], ['aria-roledescription', 'timeline'], ['aria-label', `${view.label}. Up and down walk the lanes, left and right the executions, Enter opens one or folds the lanes under a head, a full stop its actions, plus and minus zoom, Shift with left and right moves, End jumps to now.`]]) this.scroll.setAttribute(k, v);
    this.canvas = make(this.scroll, 'canvas', 'lanes-canvas');
    this.canvas.setAttribute('aria-hidden', 'true');
    this.spacer = make(this.scroll, 'div', 'lanes-spacer');
    this.buttons();
    this.note = make(host, 'div', 'lanes-note');
    this.cardElement = make(host, 'div', 'lane-card');
    this.cardElement.hidden = true;
    this.live = make(host, 'div', 'lanes-live');
    this.live.setAttribute('aria-live', 'polite');
    this.g = this.canvas.getContext('2d', { alpha: false });
    this.over = overview(this, this.strip);
    this.look = readLook(host);
    listen(this, this.scroll, this.canvas, this.cardElement);
    this.scroll.addEventListener('scroll', () => { this.hover = null; this.cardElement.hidden = true; this.draw(); this.tell(); });
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(host); this.sizes.observe(this.scroll);
    const restyle = () => { this.look = readLook(host); this.draw(); };
    this.stopTheme = window.dashboardTheme?.onChange((mode, dark, atOnce) => { if (atOnce) { this.look = readLook(host); this.paint(); } else requestAnimationFrame(restyle); }) ?? (() => {});
    this.show(view, true);
    this.beat();
  }

  buttons() {
    const bar = make(this.host, 'div', 'lanes-buttons'), middle = () => this.follows ? this.t1 : (this.t0 + this.t1) / 2;
    for (const [text, name, act] of [['‹', 'Earlier', () => this.pan(-(this.t1 - this.t0) * 0.4)], ['›', 'Later', () => this.pan((this.t1 - this.t0) * 0.4)],
      ['−', 'Zoom out', () => this.zoom(1.6, middle())], ['+', 'Zoom in', () => this.zoom(1 / 1.6, middle())]]) {
      const b = make(bar, 'button');
      Object.assign(b, { type: 'button', textContent: text, title: name, ariaLabel: name });
      b.addEventListener('click', act);
    }
  }

  // ---- updates from the server
  show(view, first) {
    this.fold = view.fold; this.height = view.height; this.embedded = view.embedded;
    this.span = view.span; this.follows = view.from == null; this.turn = view.turn;
    const to = this.follows ? this.now() : view.from + view.span;
    this.glide(to - view.span, to, first);
    this.layout();
  }

  apply(update) {
    const rows = update.rows != null;
    const before = this.store.heads.get(this.cursor.row);
    this.store.apply(update);
    if (rows) kept(this, before);
    if (this.cursor.bar) this.pointAt(this.cursor.bar = this.store.laneAt(this.cursor.row)?.byId.get(this.cursor.bar.id) ?? null);
    if (update.lanes || update.patches) this.moments = null;
    if (update.marks) this.note.textContent = update.marks.inRange > this.store.marks.length ? `newest ${this.store.marks.length.toLocaleString('en')} of ${update.marks.inRange.toLocaleString('en')} events` : '';
    if (rows || update.lanes) this.layout();
    if (rows) this.tell();
    this.draw();
  }

  // ---- time
  now() { return pageNow(); }
  // `near` is the share of the span by which a range may end before the present and still follow it.
  range(t0, t1, near = 0.002) {
    this.gliding = null;
    [t0, t1] = zoomed(t0, t1, 1, (t0 + t1) / 2);
    const now = this.now();
    // Dragging past the present starts following.
    this.follows = t1 >= now - (t1 - t0) * near;
    if (this.follows) { t0 -= t1 - now; t1 = now; }
    this.t0 = t0; this.t1 = t1; this.span = t1 - t0;
    this.draw(); this.tell();
  }
  pan(by) { this.range(this.t0 + by, this.t1 + by); }
  // At the present the view keeps following. In the past it stays, however small the step, and the point under the pointer keeps its place.
  zoom(factor, around) {
    const [t0, t1] = zoomed(this.t0, this.t1, factor, around);
    this.range(t0, t1, this.follows && around >= this.t1 ? Infinity : 0);
  }
  // The time under the pointer; the present if it is near the right edge while following, or over the names.
  pointed(x) {
    const { s } = this;
    return this.follows && (x < s.x0 || x > s.x1 - 12) ? this.t1 : s.t(Math.max(s.x0, Math.min(s.x1, x)));
  }
  follow() { this.follows = true; this.glide(this.now() - this.span, this.now()); }

  glide(t0, t1, atOnce) {
    if (atOnce || document.hidden || document.documentElement.dataset.motion === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches) { this.gliding = null; this.t0 = t0; this.t1 = t1; this.draw(); this.tell(); return; }
    this.gliding = { from: [this.t0, this.t1], to: [t0, t1], start: performance.now() };
    this.draw();
  }
  step() {
    if (this.gliding) {
      const { from, to, start } = this.gliding, p = Math.min(1, (performance.now() - start) / 180), e = 1 - (1 - p) ** 3;
      this.t0 = from[0] + (to[0] - from[0]) * e; this.t1 = from[1] + (to[1] - from[1]) * e;
      if (p >= 1) { this.gliding = null; this.tell(); } else queueMicrotask(() => this.draw());
    } else if (this.follows) { this.t1 = this.now(); this.t0 = this.t1 - this.span; }
  }

  // While following, draws a frame for each pixel of time; checks the zone every second.
  beat() {
    const pixel = (this.t1 - this.t0) / Math.max(1, this.W - this.gutter);
    this.timer = setTimeout(() => {
      if (!document.hidden && this.host.isConnected) {
        if (this.follows || this.zone !== zoneName()) this.draw();
        if (this.follows && performance.now() - (this.toldAt ?? 0) > 10000) this.tell(true);
      }
      this.zone = zoneName();
      this.beat();
    }, Math.max(33, Math.min(1000, pixel)));
  }

  // ---- space
  resize() {
    const W = this.scroll.clientWidth, H = this.scroll.clientHeight, dpr = devicePixelRatio || 1;
    if (W === this.W && H === this.H && dpr === this.dpr) return;
    this.W = W; this.H = H; this.dpr = dpr;
    this.gutter = W < 620 ? 118 : 178;
    this.host.style.setProperty('--gutter', `${this.gutter}px`);
    this.canvas.width = Math.round(W * dpr); this.canvas.height = Math.round(H * dpr);
    this.canvas.style.width = `${W}px`; this.canvas.style.height = `${H}px`;
    this.spacer.style.marginTop = `${-H}px`;
    this.layout(); this.paint(); this.tell();
  }
  layout() {
    let rowH = HEIGHTS[this.height] ?? 38;
    if (this.store.rows > 0 && this.store.rows <= 3) {
      let tracks = 1;
      for (const lane of this.store.lanes.values()) tracks = Math.max(tracks, lane.tracks);
      rowH = Math.max(rowH, Math.min(240, tracks * 18 + 10));
    }
    const row = this.top / this.rowH, all = this.axisH + rowH * this.store.rows, stretch = all > HIGHEST ? (all - this.H) / (HIGHEST - this.H) : 1;
    const moved = rowH !== this.rowH || stretch !== this.stretch;
    this.rowH = rowH; this.stretch = stretch;
    this.spacer.style.height = `${Math.min(all, HIGHEST)}px`;
    if (moved) { this.top = row * rowH; this.tell(); }
    if (this.embedded) this.scroll.style.height = `${Math.min(460, this.axisH + rowH * Math.max(1, this.store.rows) + 2)}px`;
    this.draw();
  }
  // Scroll position of the lanes in pixels. If they are compressed into a lower element, wheel and keys still scroll by pixels; only the scrollbar jumps.
  get top() {
    const at = this.scroll.scrollTop;
    if (this.stretch === 1) return at;
    if (Math.abs(at - this.at / this.stretch) >= 1) this.at = at * this.stretch;
    return this.at;
  }
  set top(y) {
    this.at = Math.max(0, Math.min(y, this.axisH + this.rowH * this.store.rows - this.H));
    this.scroll.scrollTop = this.at / this.stretch;
  }
  rowY(row) { return this.axisH + row * this.rowH - this.top; }
  visible() {
    const { top } = this;
    return [Math.max(0, Math.floor(top / this.rowH)), Math.min(this.store.rows - 1, Math.floor((top + this.H - this.axisH) / this.rowH))];
  }
  scrolls() { return this.axisH + this.rowH * this.store.rows > this.H + 1; }

  // ---- drawing
  draw() { if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.paint(); }); }
  paint() {
    if (this.W === 0) return;
    const began = performance.now();
    this.step();
    // Space on the right for the line of the present, also while not following, so that nothing jumps.
    this.s = scale(this.t0, this.t1, this.gutter, this.W - 14, this.fold ? this.gaps() : []);
    const { g } = this;
    g.setTransform(this.dpr, 0, 0, this.dpr, 0, 0);
    g.fillStyle = this.look.ground; g.fillRect(0, 0, this.W, this.H);
    paintLanes(this); paintGutter(this); paintAxis(this); paintOver(this);
    this.marksOnTop();
    if (this.strip.clientHeight > 0) this.over.draw();
    const took = performance.now() - began;
    this.stats.frames++; this.stats.ms += took; this.stats.worst = Math.max(this.stats.worst, took);
  }
  marksOnTop() {
    const { g, look, s } = this;
    if (this.brush) { const [a, b] = this.brush; g.fillStyle = look.focus; g.globalAlpha = 0.18; g.fillRect(Math.min(a, b), this.axisH, Math.abs(b - a), this.H); g.globalAlpha = 1; }
    const shown = this.hover?.bar ? [this.hover.row, this.hover.bar, 1] : null;
    for (const [row, bar, width] of [shown, this.cursor.bar ? [this.cursor.row, this.cursor.bar, 2] : null].filter(Boolean)) {
      const box = this.box(row, bar);
      if (!box || box.y < this.axisH - 8) continue;
      g.strokeStyle = width === 2 ? look.focus : look.text; g.lineWidth = width === 2 ? 2.5 : 1.5;
      g.strokeRect(Math.max(s.x0, box.x0) - 1, box.y - 1, Math.min(s.x1, box.x1 + box.cap) - Math.max(s.x0, box.x0) + 2, box.h + 2);
    }
  }
  // Shortens a text without room at its end, or in the middle if its end distinguishes it from its neighbours.
  text(text, x, y, room, colour, font, middle) {
    if (room < 10) return;
    const { g } = this;
    g.font = `${font} ${this.look.font}`; g.fillStyle = colour; g.textBaseline = 'middle';
    if (g.measureText(text).width > room) {
      let lo = 0, hi = text.length;
      const cut = n => n <= 0 ? '' : middle ? text.slice(0, n >> 1) + '…' + text.slice(text.length - n + (n >> 1)) : text.slice(0, n) + '…';
      while (lo < hi) { const m = (lo + hi + 1) >> 1; if (g.measureText(cut(m)).width <= room) lo = m; else hi = m - 1; }
      text = cut(lo);
    }
    g.fillText(text, x, y);
  }
  width(text, font) { this.g.font = `${font} ${this.look.font}`; return this.g.measureText(text).width; }

  gaps() {
    if (!this.moments) {
      this.moments = [];
      for (const lane of this.store.lanes.values()) {
        for (const bar of lane.bars) { for (const at of bar.starts) this.moments.push(at); if (bar.end > 0) this.moments.push(bar.end); }
        for (let i = 1; i < lane.link.length; i += 2) this.moments.push(lane.link[i]);
      }
    }
    // Steps of two keep the collapsed times in place while zooming.
    return idle(this.moments, this.t0, this.t1, 2 ** Math.floor(Math.log2((this.t1 - this.t0) * 0.08)));
  }

  // ---- positions
  box(row, bar) {
    const lane = this.store.laneAt(row);
    if (!lane) return null;
    const pad = this.rowH >= 30 ? 4 : 2, tracks = Math.max(1, lane.tracks), th = (this.rowH - 2 * pad) / tracks, h = Math.max(2, th - (th > 6 ? 2 : 1));
    const until = bar.lives < 0 ? Math.max(this.now(), bar.from) : bar.lives;
    return { x0: this.s.x(bar.from), x1: Math.max(this.s.x(bar.from) + 3, this.s.x(until)), cap: bar.ended ? 10 : 0, y: this.rowY(row) + pad + Math.min(bar.track, tracks - 1) * th, h };
  }
  hit(x, y) {
    if (y < this.axisH) { const m = this.markBoxes.findLast(b => x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1); return m ? { row: -1, marks: m.marks } : null; }
    const row = Math.floor((y - this.axisH + this.top) / this.rowH), lane = this.store.laneAt(row);
    if (row >= this.store.rows) return null;
    const found = { row, at: x < this.gutter ? this.now() : this.s.t(x) };
    if (!lane || x < this.gutter) return found;
    let best = 5;
    for (const bar of lane.bars) {
      const b = this.box(row, bar), dx = x < b.x0 ? b.x0 - x : x <= b.x1 ? 0 : x <= b.x1 + b.cap ? 0.5 : x - b.x1 - b.cap, dy = y < b.y - 1 ? b.y - y : y > b.y + b.h + 1 ? y - b.y - b.h : 0;
      if (dx + dy <= best) { best = dx + dy; found.bar = bar; }
    }
    return found;
  }
  // Whose actions the keys and the right mouse button are for: see palette.js.
  pointAt(bar) {
    if (bar) this.scroll.dataset.pointsAt = `executions/${encodeURIComponent(bar.id)}`;
    else delete this.scroll.dataset.pointsAt;
  }
  card(hit, x, y) { showCard(this, this.cardElement, hit, x, y + this.scroll.offsetTop); }

  // ---- reports to the server
  tell(always) {
    if (this.telling) return;
    this.telling = setTimeout(() => {
      this.telling = 0;
      if (this.gone || this.gliding || this.W === 0) return;
      const [first, last] = this.visible(), to = Math.round(this.t1), from = to - Math.round(this.t1 - this.t0);
      const said = `${first} ${Math.max(last, Math.ceil((this.H - this.axisH) / this.rowH) + first)} ${this.follows ? this.span : `${from} ${to}`} ${this.follows} ${this.store.rows} ${this.turn}`;
      if (said === this.said && !always) return;
      this.said = said; this.toldAt = performance.now();
      this.owner.invokeMethodAsync('See', first, Math.ceil((this.H - this.axisH) / this.rowH) + first, from, to, this.follows, this.turn).catch(() => {});
    }, 90);
  }
  open(id) { this.owner.invokeMethodAsync('Open', id).catch(() => {}); }
  foldGroup(row) {
    const head = this.store.heads.get(row);
    if (head?.key === -1) this.owner.invokeMethodAsync('Fold', row, head.name).catch(() => {});
  }
  go(href) { this.owner.invokeMethodAsync('Go', href).catch(() => {}); }

  dispose() {
    this.gone = true;
    clearTimeout(this.timer); clearTimeout(this.telling); cancelAnimationFrame(this.frame);
    this.stopTheme(); this.sizes.disconnect();
    this.host.replaceChildren();
  }
}

export function create(host, owner, view) {
  const t = new Timeline(host, owner, view);
  host.timeline = t;
  return { show: v => t.show(v), apply: u => t.apply(u), dispose: () => { host.timeline = null; t.dispose(); } };
}
