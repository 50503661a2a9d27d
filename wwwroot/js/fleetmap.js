// The map of the fleet: one cell per node on a canvas. The server sends the layout once and then changed cells. The browser requests
// only the card of a cell, and reports what was opened or selected.
import { plan, place, heightOf, cellAt, blockOf, boxOf, cellsIn, LEAST } from './fleetmap/layout.js';
import { DIM, rgb, tile, stamp } from './fleetmap/paint.js';
import { putCard } from './fleetmap/card.js';
import { listen } from './fleetmap/input.js';

const HEAD = 20, GAP = 10, LARGEST = 26, LEAST_BLOCK = 104, PAD = 10, PART = 2000, HINT = 'Actions: . or right click';

export function create(host, shell) {
  const dpr = () => Math.max(1, Math.min(3, window.devicePixelRatio || 1));
  const base = document.createElement('canvas'), over = document.createElement('canvas'), card = document.createElement('div'), said = document.createElement('div');
  host.tabIndex = 0;
  host.setAttribute('role', 'application');
  host.setAttribute('aria-label', 'Map of the nodes. Arrow keys go from cell to cell, Enter opens the node, a full stop its actions, plus and minus zoom. The list has the same nodes.');
  card.className = 'map-card';
  card.hidden = true;
  said.className = 'map-said';
  said.setAttribute('role', 'status');
  host.append(base, over, card, said);
  const draw = base.getContext('2d', { alpha: false }), light = over.getContext('2d');

  const m = {
    host, card, names: [], counts: [], codes: new Uint8Array(0), looks: [], blocks: [], fit: null, pitch: LEAST, extent: { width: 0, height: 0 }, x: 0, y: 0,
    cursor: -1, hover: -1, lasso: null, frames: 0,
  };
  let image = null, pixels = null, tiles = new Map(), inks = null, frame = 0, whole = true, dirty = [], described = -1, asked = 0, room = 0;

  const scale = () => dpr();
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function palette() {
    inks = { ground: rgb(style('--map-ground')), text: style('--map-text'), quiet: style('--map-quiet'), focus: style('--focus'), colors: [] };
    for (const look of m.looks) inks.colors[look.code] = { rgb: rgb(style(look.css)), mark: look.mark };
    tiles = new Map();
  }

  function tileOf(code) {
    let t = tiles.get(code);
    if (!t) {
      const ink = inks.colors[code & 31] ?? { rgb: rgb(inks.quiet), mark: '' };
      tiles.set(code, t = tile(code, m.pitch, ink.rgb, inks.ground, ink.mark));
    }
    return t;
  }

  const head = () => (m.counts.length > 1 ? Math.round(HEAD * scale()) : 0);
  const gap = () => Math.round(GAP * scale());

  // No higher than the largest cells need. It grows by single rows and shrinks by at least two, so that the page below does not jump while nodes are added and removed.
  function fitHeight(anew) {
    const s = scale(), need = heightOf(m.counts, Math.round(base.clientWidth * s), Math.round(LARGEST * s), head(), gap(), Math.round(LEAST_BLOCK * s)) / s;
    const steps = Math.max(1, Math.ceil(need / LARGEST)) * LARGEST;
    if (steps > room || steps < room - LARGEST || anew) room = steps;
    host.style.maxHeight = Number.isFinite(room) ? `${room + 2 * PAD + 2}px` : '';
  }

  function measure() {
    const s = scale(), width = Math.max(1, Math.round(base.clientWidth * s)), height = Math.max(1, Math.round(base.clientHeight * s));
    if (base.width !== width || base.height !== height) {
      base.width = over.width = width;
      base.height = over.height = height;
      image = draw.createImageData(width, height);
      pixels = new Uint32Array(image.data.buffer);
    }
    const before = m.fit;
    m.fit = plan(m.counts, width, height, Math.round(LARGEST * s), head(), gap(), Math.round(LEAST_BLOCK * s));
    if (!before || m.pitch <= before.pitch || m.pitch <= m.fit.pitch) m.pitch = m.fit.pitch;
    rearrange();
  }

  function rearrange() {
    const placed = place(m.counts, m.fit ?? { columns: 1, across: 1 }, m.pitch, head(), gap());
    m.blocks = placed.blocks;
    m.extent = placed;
    // A finger moves the map if it is larger than its window, else it scrolls the page.
    host.style.touchAction = isMovable() ? 'none' : '';
    tiles = new Map();
    clamp();
    redraw();
  }

  // Whole pixels, because image writes need integer positions.
  function clamp() {
    m.x = Math.round(Math.max(0, Math.min(m.x, m.extent.width - base.width)));
    m.y = Math.round(Math.max(0, Math.min(m.y, m.extent.height - base.height)));
  }

  function isMovable() { return m.extent.width > base.width || m.extent.height > base.height; }

  function redraw() { whole = true; schedule(); }
  function schedule() { if (!frame) frame = requestAnimationFrame(paint); }

  function paint() {
    frame = 0;
    m.frames++;
    if (!inks) palette();
    if (whole) { paintAll(); host.dataset.pitch = String(m.pitch); }
    else for (const cell of dirty) { const at = boxOf(m.blocks, m.pitch, cell); stamp(pixels, base.width, base.height, tileOf(m.codes[cell]), m.pitch, at.x - m.x, at.y - m.y); }
    if (whole || dirty.length) { draw.putImageData(image, 0, 0); heads(); }
    whole = false;
    dirty = [];
    marks();
  }

  function paintAll() {
    const g = inks.ground, { width, height } = base, pitch = m.pitch;
    pixels.fill((255 << 24 | g[2] << 16 | g[1] << 8 | g[0]) >>> 0);
    for (const b of m.blocks) {
      const y0 = b.y - m.y, r0 = Math.max(0, Math.floor(-y0 / pitch)), r1 = Math.min(b.rows, Math.ceil((height - y0) / pitch));
      const x0 = b.x - m.x, c0 = Math.max(0, Math.floor(-x0 / pitch)), c1 = Math.min(b.across, Math.ceil((width - x0) / pitch));
      for (let r = r0; r < r1; r++)
        for (let c = c0, cell = b.first + r * b.across + c0, end = Math.min(c1, b.count - r * b.across); c < end; c++, cell++)
          stamp(pixels, width, height, tileOf(m.codes[cell]), pitch, x0 + c * pitch, y0 + r * pitch);
    }
  }

  function heads() {
    const s = scale(), h = head();
    if (!h) return;
    draw.textBaseline = 'middle';
    for (let i = 0; i < m.blocks.length; i++) {
      const b = m.blocks[i], x = b.x - m.x, y = b.y - m.y - h / 2;
      if (y < -h || y > base.height + h || x > base.width || x + b.width < 0) continue;
      const count = m.counts[i].toLocaleString('en'), room = Math.max(b.width, LEAST_BLOCK * s - GAP * s);
      draw.font = `${12 * s}px Inter, system-ui, sans-serif`;
      const countWidth = draw.measureText(count).width;
      draw.font = `600 ${12 * s}px Inter, system-ui, sans-serif`;
      draw.fillStyle = inks.text;
      const name = shorten(m.names[i], room - countWidth - 8 * s), nameWidth = draw.measureText(name).width;
      draw.fillText(name, x, y);
      draw.font = `${12 * s}px Inter, system-ui, sans-serif`;
      draw.fillStyle = inks.quiet;
      draw.fillText(count, x + nameWidth + 6 * s, y);
    }
  }

  function shorten(text, room) {
    if (draw.measureText(text).width <= room) return text;
    let length = Math.min(text.length, 60);
    while (length > 1 && draw.measureText(text.slice(0, length) + '…').width > room) length--;
    return text.slice(0, length) + '…';
  }

  function marks() {
    const s = scale();
    light.clearRect(0, 0, over.width, over.height);
    const ring = (cell, color, wide) => {
      if (cell < 0 || cell >= m.codes.length) return;
      const at = boxOf(m.blocks, m.pitch, cell), size = Math.max(m.pitch, 4 * s), off = (size - m.pitch) / 2;
      light.lineWidth = wide * s;
      light.strokeStyle = color;
      light.strokeRect(at.x - m.x - off - s, at.y - m.y - off - s, size + 1 * s, size + 1 * s);
    };
    ring(m.hover, inks.text, 1.5);
    ring(m.cursor, inks.focus, 2.5);
    if (m.lasso) lasso(m.lasso);
  }

  const within = path => cellsIn(m.blocks, m.pitch, path.map((at, i) => at + (i % 2 ? m.y : m.x)));

  // The lasso so far, closed, with the number of its cells beside the pointer.
  function lasso(path) {
    const s = scale(), ranges = within(path);
    let count = 0;
    for (let i = 0; i < ranges.length; i += 2) count += ranges[i + 1] - ranges[i];
    light.lineWidth = 1.5 * s;
    light.strokeStyle = light.fillStyle = inks.focus;
    light.beginPath();
    for (let i = 0; i < path.length; i += 2) light.lineTo(path[i], path[i + 1]);
    light.closePath();
    light.globalAlpha = 0.16;
    light.fill('evenodd');
    light.globalAlpha = 1;
    light.stroke();
    card.replaceChildren(Object.assign(document.createElement('strong'), { textContent: `${count.toLocaleString('en')} ${count === 1 ? 'node' : 'nodes'}` }));
    const x = path[path.length - 2] / s + PAD, y = path[path.length - 1] / s + PAD;
    putCard(host, card, x + 12, y + 14, y - 8);
  }

  // The card is requested only after the pointer rests, so that moving over a thousand cells requests none.
  function describe(cell, speak) {
    const ask = ++asked;
    delete host.dataset.pointsAt;
    if (cell < 0) { card.hidden = true; described = -1; return; }
    setTimeout(async () => {
      if (ask !== asked) return;
      const [address, ...lines] = await shell.invokeMethodAsync('Describe', cell);
      if (ask !== asked) return;
      described = cell;
      if (address) host.dataset.pointsAt = address;
      card.replaceChildren(...[...lines, HINT].map((line, i) => Object.assign(document.createElement(i ? 'div' : 'strong'), { textContent: line, className: line === HINT ? 'quiet' : '' })));
      const at = boxOf(m.blocks, m.pitch, cell), s = scale();
      if (lines.length === 0) card.hidden = true;
      else putCard(host, card, (at.x - m.x + m.pitch) / s + PAD + 8, (at.y - m.y + m.pitch) / s + PAD + 8, (at.y - m.y) / s + PAD - 8);
      if (speak) said.textContent = lines.join('. ');
    }, 60);
  }

  // What is at a position of the window: a cell and the point in it, or a part of the map.
  function hold(at) {
    const x = at.x + m.x, y = at.y + m.y, cell = cellAt(m.blocks, m.pitch, x, y);
    if (cell < 0) return { cell, x: x / Math.max(1, m.extent.width), y: y / Math.max(1, m.extent.height) };
    const box = boxOf(m.blocks, m.pitch, cell);
    return { cell, x: (x - box.x) / m.pitch, y: (y - box.y) / m.pitch };
  }

  // Zooms, keeping what was held at a position of the window.
  function zoomTo(pitch, held, at) {
    const next = Math.round(Math.max(m.fit.pitch, Math.min(LARGEST * scale(), pitch)));
    if (next !== m.pitch) { m.pitch = next; rearrange(); }
    const box = held.cell >= 0 ? boxOf(m.blocks, next, held.cell) : null;
    m.x = (box ? box.x + held.x * next : held.x * m.extent.width) - at.x;
    m.y = (box ? box.y + held.y * next : held.y * m.extent.height) - at.y;
    clamp();
    redraw();
  }

  function zoom(by, anchor) {
    const next = by === 0 ? m.fit.pitch : Math.round(by > 0 ? Math.max(m.pitch + 1, m.pitch * 1.35) : Math.min(m.pitch - 1, m.pitch / 1.35));
    const at = anchor ?? { x: base.width / 2, y: base.height / 2 };
    zoomTo(next, hold(at), at);
    m.hover = -1;
    describe(-1);
  }

  function reveal(cell) {
    const at = boxOf(m.blocks, m.pitch, cell);
    if (at.x < m.x) m.x = at.x;
    if (at.x + m.pitch > m.x + base.width) m.x = at.x + m.pitch - base.width;
    if (at.y - head() < m.y) m.y = at.y - head();
    if (at.y + m.pitch > m.y + base.height) m.y = at.y + m.pitch - base.height;
    clamp();
    redraw();
  }

  const actions = {
    m, base, scale, zoom, zoomTo, hold, isMovable, schedule, redraw, clamp, describe,
    at: (x, y) => cellAt(m.blocks, m.pitch, x + m.x, y + m.y),
    open: cell => shell.invokeMethodAsync('Open', cell),
    choose: path => {
      const ranges = within(path);
      // Large selections are sent in parts.
      for (let i = 0; i < ranges.length; i += PART) shell.invokeMethodAsync('Choose', ranges.slice(i, i + PART), i + PART >= ranges.length);
    },
    walk: (dx, dy) => {
      if (!m.codes.length) return;
      if (m.cursor < 0) m.cursor = 0;
      else {
        const b = m.blocks[blockOf(m.blocks, m.cursor)], next = m.cursor + dx + dy * b.across;
        m.cursor = Math.max(0, Math.min(m.codes.length - 1, next));
      }
      reveal(m.cursor);
      describe(m.cursor, true);
    },
  };
  const stop = listen(actions);
  const sized = new ResizeObserver(() => { if (host.clientWidth && host.clientHeight) { if (m.counts.length) fitHeight(base.width !== Math.round(base.clientWidth * scale())); measure(); } });
  sized.observe(host);
  const stopTheme = window.dashboardTheme.onChange((mode, dark, atOnce) => { inks = null; if (atOnce) { whole = true; paint(); } else redraw(); });

  return {
    layout(names, counts, codes, looks) {
      const regrouped = names.length !== m.names.length || names.some((name, i) => name !== m.names[i]);
      Object.assign(m, { names, counts, codes, looks, cursor: m.cursor < codes.length ? m.cursor : -1, hover: -1 });
      inks = null;
      describe(-1);
      fitHeight(regrouped);
      measure();
      host.dataset.drawn = String(codes.length);
    },
    look(looks) { m.looks = looks; inks = null; redraw(); },
    patch(packed) {
      const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
      for (let i = 0; i + 5 <= packed.byteLength; i += 5) {
        const cell = view.getUint32(i, true);
        if (cell >= m.codes.length) continue;
        m.codes[cell] = packed[i + 4];
        dirty.push(cell);
        if (cell === described) describe(cell);
      }
      host.dataset.patches = String(Number(host.dataset.patches ?? 0) + 1);
      schedule();
    },
    zoom: by => zoom(by),
    // For tests and measurements: position and content of a cell, and the duration of a frame.
    probe(cell) {
      const at = boxOf(m.blocks, m.pitch, cell), s = scale(), code = m.codes[cell];
      return { x: (at.x - m.x + m.pitch / 2) / s + PAD, y: (at.y - m.y + m.pitch / 2) / s + PAD, code: code & 31, dim: (code & DIM) !== 0, pitch: m.pitch };
    },
    measureFrame() { const from = performance.now(); whole = true; paint(); return performance.now() - from; },
    dispose() {
      cancelAnimationFrame(frame);
      sized.disconnect();
      stopTheme();
      stop();
      host.replaceChildren();
    },
  };
}
