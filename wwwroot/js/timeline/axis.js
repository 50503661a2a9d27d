// The time axis: ticks, marks of deployments and operators, the folds, and where now is.
import { ticks, tickStep, tickText } from './scale.js';
import { paintMarks } from './marks.js';
import { isUtc } from '../time.js';

export const zoneOffset = ms => isUtc() ? 0 : -new Date(ms).getTimezoneOffset() * 60000;
const parts = (ms, offset) => {
  const d = new Date(ms + offset);
  return [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()];
};

export function paintAxis(t) {
  const { g, look, s } = t, offset = zoneOffset((s.t0 + s.t1) / 2);
  const step = tickStep(1 / s.k, 84), all = ticks(s, step, offset, 70);
  g.fillStyle = look.ground; g.fillRect(0, 0, t.W, t.axisH);
  g.fillStyle = look.line; g.fillRect(0, t.axisH - 1, t.W, 1);
  g.save();
  g.beginPath(); g.rect(s.x0, 0, t.W - s.x0, t.H); g.clip();
  let day = '';
  for (const [x, at] of all) {
    const p = parts(at, offset), date = `${p[0]}-${p[1]}-${p[2]}`;
    g.fillStyle = look.line;
    g.fillRect(Math.round(x), t.axisH - 6, 1, 6);
    const fresh = step < 86400000 && date !== day && (day !== '' || step >= 3600000);
    t.text(fresh ? tickText(p, 86400000, at) + ' ' + tickText(p, step, at) : tickText(p, step, at), x + 4, t.axisH - 10, 110, look.quiet, '11px');
    day = date;
  }
  g.restore();
}

// Under the bars: lines at the ticks; over them: folds, marks, now.
export function paintGrid(t) {
  const { g, look, s } = t, offset = zoneOffset((s.t0 + s.t1) / 2);
  g.fillStyle = look.line;
  g.globalAlpha = 0.7;
  for (const [x] of ticks(s, tickStep(1 / s.k, 84), offset, 70)) g.fillRect(Math.round(x), t.axisH, 1, t.H - t.axisH);
  g.globalAlpha = 1;
}

export function paintOver(t) {
  const { g, look, s } = t;
  for (const p of s.pieces) {
    if (!p.gap || p.xb - p.xa < 1) continue;
    g.fillStyle = look.head; g.globalAlpha = 0.55; g.fillRect(p.xa, t.axisH, p.xb - p.xa, t.H - t.axisH); g.globalAlpha = 1;
    g.strokeStyle = look.quiet; g.lineWidth = 1; g.setLineDash([2, 3]);
    const mid = Math.round((p.xa + p.xb) / 2) + 0.5;
    g.beginPath(); g.moveTo(mid, t.axisH - 14); g.lineTo(mid, t.H); g.stroke(); g.setLineDash([]);
    if (p.xb - p.xa > 26) t.text(span(p.b - p.a), p.xa + 2, t.axisH - 10, p.xb - p.xa - 4, look.quiet, 'italic 10.5px');
  }
  paintMarks(t);
  const x = s.x(t.now());
  if (x >= s.x0 && x <= t.W) { g.fillStyle = look.focus; g.fillRect(Math.round(x), t.axisH - 6, 1.5, t.H - t.axisH + 6); }
}

export function span(ms) {
  const sec = Math.max(0, ms / 1000);
  if (sec < 1) return `${Math.round(ms)} ms`;
  if (sec < 60) return `${Math.round(sec * 10) / 10} s`;
  if (sec < 3600) return `${Math.floor(sec / 60)} min${sec % 60 >= 1 ? ` ${Math.floor(sec % 60)} s` : ''}`;
  if (sec < 86400) return `${Math.floor(sec / 3600)} h ${Math.floor(sec % 3600 / 60)} min`;
  return `${Math.floor(sec / 86400)} d ${Math.floor(sec % 86400 / 3600)} h`;
}
