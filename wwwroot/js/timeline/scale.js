// Converts time to pixels and back. Pure: no document, no clock. Times are milliseconds since the Unix epoch.

// A scale of [t0, t1] to [x0, x1]. The `gaps` ([from, to], sorted, disjoint) are drawn with the share `fold` of their width.
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

// Times of at least `least` without any of the moments, ending shortly before and after them.
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

// The range after zooming by a factor around a time, between the shortest and the longest.
export function zoomed(t0, t1, factor, around, shortest = 1000, longest = 400 * 86400000) {
  const span = Math.min(longest, Math.max(shortest, (t1 - t0) * factor));
  const share = (around - t0) / (t1 - t0 || 1);
  return [around - span * share, around + span * (1 - share)];
}
