// The time axis: ticks, marks of deployments and commands, collapsed times, and the present.
import { paintMarks } from './marks.js';
import { ticks, tickStep, tickTexts } from './ticks.js';
import { span } from '../spans.js';
import { parts, twin, zoneOffset } from '../zone.js';

// Ticks of the current frame, computed once: [x, time, text].
export function axisTicks(t) {
  const { s } = t;
  if (s.ticks) return s.ticks;
  const step = tickStep(1 / s.k, 96), all = ticks(s, step, zoneOffset, 76), texts = tickTexts(all.map(([, at]) => at), step, t.now(), parts, twin);
  return s.ticks = all.map(([x, at], i) => [x, at, texts[i]]);
}

// Drop the year first, then the date.
const shorter = text => /^\d{4}-/.test(text) ? text.slice(5) : text.slice(text.indexOf(' ') + 1);

export function paintAxis(t) {
  const { g, look, s } = t, all = axisTicks(t);
  g.fillStyle = look.ground; g.fillRect(0, 0, t.W, t.axisH);
  g.fillStyle = look.line; g.fillRect(0, t.axisH - 1, t.W, 1);
  g.save();
  g.beginPath(); g.rect(s.x0, 0, t.W - s.x0, t.H); g.clip();
  all.forEach(([x, , text], i) => {
    g.fillStyle = look.line;
    g.fillRect(Math.round(x), t.axisH - 6, 1, 6);
    const room = (all[i + 1]?.[0] ?? t.W) - x - 6;
    while (text.includes(' ') && t.width(text, '11px') > room) text = shorter(text);
    if (t.width(text, '11px') <= room) t.text(text, x + 4, t.axisH - 10, room, look.quiet, '11px');
  });
  g.restore();
}

// Below the bars: lines at ticks. Above them: collapsed times, marks, the present.
export function paintGrid(t) {
  const { g, look } = t;
  g.fillStyle = look.line;
  g.globalAlpha = 0.7;
  for (const [x] of axisTicks(t)) g.fillRect(Math.round(x), t.axisH, 1, t.H - t.axisH);
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
