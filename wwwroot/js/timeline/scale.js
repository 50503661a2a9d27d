// Time to pixels and back. Pure: no document, no clock. Moments are milliseconds since the Unix epoch.

// A scale over [t0, t1] onto [x0, x1]. Stretches in `gaps` ([from, to], sorted, apart) take `fold` of the room they would have.
export function scale(t0, t1, x0, x1, gaps = [], fold = 0.04) {
  const pieces = [];
  let at = t0, weight = 0;
  const add = (to, w, gap) => {
    if (to <= at) return;
    pieces.push({ a: at, b: to, w: (to - at) * w, rate: w, gap, xa: 0, xb: 0 });
    weight += (to - at) * w;
    at = to;
  };
  for (const [a, b] of gaps) {
    if (b <= t0 || a >= t1) continue;
    add(Math.max(a, t0), 1, false);
    add(Math.min(b, t1), fold, true);
  }
  add(t1, 1, false);
  const k = (x1 - x0) / (weight || 1);
  let x = x0;
  for (const p of pieces) { p.xa = x; p.xb = x += p.w * k; }
  if (pieces.length === 1) {
    const rate = pieces[0].rate * k;
    return { t0, t1, x0, x1, k: rate, pieces, x: t => x0 + (t - t0) * rate, t: px => t0 + (px - x0) / rate };
  }
  const last = pieces[pieces.length - 1];
  return {
    t0, t1, x0, x1, k, pieces,
    x(t) {
      if (t <= t0) return x0 + (t - t0) * k;
      for (const p of pieces) if (t <= p.b) return p.xa + (t - p.a) * p.rate * k;
      return last.xb + (t - t1) * k;
    },
    t(px) {
      if (px <= x0) return t0 + (px - x0) / k;
      for (const p of pieces) if (px <= p.xb) return p.a + (px - p.xa) / (p.rate * k || 1);
      return t1 + (px - last.xb) / k;
    },
  };
}

// Stretches without any of the moments, at least `least` long, a little short of the moments at their ends.
export function idle(moments, t0, t1, least) {
  const sorted = Float64Array.from(moments).sort();
  const gaps = [], pad = least / 6;
  let before = t0 - least;
  for (let i = 0; i <= sorted.length; i++) {
    const at = i < sorted.length ? sorted[i] : t1 + pad;
    if (at - before >= least) gaps.push([before + pad, at - pad]);
    if (at > before) before = at;
  }
  return gaps.filter(([a, b]) => b > a && b > t0 && a < t1);
}

const S = 1000, M = 60 * S, H = 60 * M, D = 24 * H;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S, M, 2 * M, 5 * M, 10 * M, 15 * M, 30 * M,
  H, 2 * H, 3 * H, 6 * H, 12 * H, D, 2 * D, 7 * D, 14 * D, 30 * D, 90 * D, 180 * D, 365 * D];

// The step between ticks that are at least `room` pixels apart.
export const tickStep = (perPixel, room) => STEPS.find(s => s >= perPixel * room) ?? STEPS[STEPS.length - 1];

const pad = (n, w = 2) => String(n).padStart(w, '0');
export const tickText = (parts, step, ms) => step >= D ? `${pad(parts[1])}-${pad(parts[2])}`
  : step >= M ? `${pad(parts[3])}:${pad(parts[4])}`
  : step >= S ? `${pad(parts[3])}:${pad(parts[4])}:${pad(parts[5])}`
  : `${pad(parts[5])}.${pad(((Math.round(ms) % S) + S) % S, 3)}`;

// Ticks of a scale: [x, moment]. `offset` is the zone's distance from UTC in milliseconds, so that days begin at midnight.
export function ticks(s, step, offset, room) {
  const out = [];
  let last = -1e9;
  for (const p of s.pieces) {
    if (p.gap) continue;
    const first = Math.ceil((p.a + offset) / step) * step - offset;
    for (let t = first; t <= p.b && out.length < 400; t += step) {
      const x = s.x(t);
      if (x - last < room) continue;
      out.push([x, t]);
      last = x;
    }
  }
  return out;
}

// The range after a zoom by a factor around a moment, within the shortest and the longest.
export function zoomed(t0, t1, factor, around, shortest = 1000, longest = 400 * D) {
  const span = Math.min(longest, Math.max(shortest, (t1 - t0) * factor));
  const share = (around - t0) / (t1 - t0 || 1);
  return [around - span * share, around + span * (1 - share)];
}
