// The strip above the lanes: executions by state over a longer time, with the visible range as a brush that can be drawn, moved and resized.
import { stateName } from './look.js';
import { clock, date, day } from '../zone.js';

export function overview(t, canvas) {
  const g = canvas.getContext('2d');
  let grab = null;
  const bounds = () => {
    const o = t.store.overview, now = t.now();
    const span = o ? o.to - o.from : Math.max(4 * (t.t1 - t.t0), 1.2 * (now - t.t0));
    return [now - span * 1.0, now + span * 0.01];
  };
  const room = () => [t.gutter, canvas.clientWidth - 1];
  const toX = at => { const [a, b] = bounds(), [x0, x1] = room(); return x0 + (at - a) / (b - a) * (x1 - x0); };
  const toT = x => { const [a, b] = bounds(), [x0, x1] = room(); return a + (x - x0) / (x1 - x0) * (b - a); };

  function draw() {
    const dpr = t.dpr, W = canvas.clientWidth, H = canvas.clientHeight, { look } = t;
    if (canvas.width !== Math.round(W * dpr) || canvas.height !== Math.round(H * dpr)) { canvas.width = Math.round(W * dpr); canvas.height = Math.round(H * dpr); }
    g.setTransform(dpr, 0, 0, dpr, 0, 0);
    g.fillStyle = look.head; g.fillRect(0, 0, W, H);
    const [x0, x1] = room(), o = t.store.overview;
    g.font = `11px ${look.font}`; g.textBaseline = 'middle'; g.fillStyle = look.quiet;
    const [from] = bounds();
    g.fillText(day(from) === day(t.now()) ? clock(from) : date(from).slice(5, 16), 12, H / 2);
    if (o && o.counts.length) {
      const n = o.counts[0].length, sums = new Array(n).fill(0);
      for (const c of o.counts) for (let i = 0; i < n; i++) sums[i] += c[i];
      const most = Math.max(1, ...sums), step = (o.to - o.from) / n, base = new Array(n).fill(H - 2);
      // Healthy states at the bottom, urgent ones on top and at least two pixels high.
      for (let k = o.states.length - 1; k >= 0; k--) {
        const name = stateName(t.store.word(o.states[k])), style = look.styles.get(name), loud = name === 'failed' || name === 'lost' || name === 'degraded';
        g.fillStyle = style.colour; g.globalAlpha = loud ? 1 : 0.55;
        for (let i = 0; i < n; i++) {
          const count = o.counts[k][i];
          if (!count) continue;
          const h = Math.max(loud ? 2 : 1, count / most * (H - 8)), a = toX(o.from + i * step), b = toX(o.from + (i + 1) * step);
          base[i] -= h;
          if (b > x0) g.fillRect(Math.max(a, x0), base[i], Math.max(1, b - Math.max(a, x0) + 0.3), h);
        }
      }
      g.globalAlpha = 1;
    }
    const a = Math.max(x0, Math.min(x1, toX(t.t0))), b = Math.max(a + 3, Math.min(x1, toX(t.t1)));
    g.fillStyle = look.ground; g.globalAlpha = 0.6; g.fillRect(x0, 0, a - x0, H); g.fillRect(b, 0, x1 - b, H); g.globalAlpha = 1;
    g.strokeStyle = look.focus; g.lineWidth = 1.5; g.strokeRect(a + 0.75, 0.75, Math.max(2, b - a - 1.5), H - 1.5);
    g.fillStyle = look.focus;
    for (const x of [a, b]) g.fillRect(x - 1.5, H / 2 - 7, 3, 14);
  }

  const part = x => {
    const a = toX(t.t0), b = toX(t.t1);
    return Math.abs(x - a) < 7 ? 'left' : Math.abs(x - b) < 7 ? 'right' : x > a && x < b && b - a > 8 ? 'move' : 'draw';
  };
  const release = () => { grab = null; };
  canvas.addEventListener('pointerdown', e => {
    if (e.button !== 0) return;
    canvas.setPointerCapture(e.pointerId);
    grab = { part: part(e.offsetX), at: toT(e.offsetX), t0: t.t0, t1: t.t1, x: e.offsetX, moved: false };
    e.preventDefault();
  });
  canvas.addEventListener('pointermove', e => {
    if (!grab) { canvas.style.cursor = { left: 'ew-resize', right: 'ew-resize', move: 'grab', draw: 'crosshair' }[part(e.offsetX)]; return; }
    if (Math.abs(e.offsetX - grab.x) > 2) grab.moved = true;
    if (!grab.moved) return;
    const at = toT(e.offsetX), d = at - grab.at;
    if (grab.part === 'move') t.range(grab.t0 + d, grab.t1 + d);
    else if (grab.part === 'left') t.range(Math.min(at, grab.t1 - 1000), grab.t1);
    else if (grab.part === 'right') t.range(grab.t0, Math.max(at, grab.t0 + 1000));
    else t.range(Math.min(grab.at, at), Math.max(grab.at, at));
  });
  canvas.addEventListener('pointerup', e => {
    // A click beside the brush moves it there.
    if (grab && !grab.moved && grab.part === 'draw') { const half = (t.t1 - t.t0) / 2, at = toT(e.offsetX); t.range(at - half, at + half); }
    release();
  });
  canvas.addEventListener('pointercancel', release);
  canvas.addEventListener('wheel', e => { if (t.embedded && !e.ctrlKey && !e.metaKey) return; e.preventDefault(); t.zoom(Math.exp(e.deltaY * 0.0016), Math.max(t.t0, Math.min(t.t1, toT(e.offsetX)))); }, { passive: false });
  return { draw };
}
