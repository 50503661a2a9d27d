// Ticks of a time axis by the wall clock of a zone. Pure: no document, no clock. `offsetAt` gives the zone's offset from UTC at a time; all in milliseconds.
const S = 1000, M = 60 * S, H = 60 * M, D = 24 * H, MONTH = 30 * D;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S, M, 2 * M, 5 * M, 10 * M, 15 * M, 30 * M,
  H, 2 * H, 3 * H, 6 * H, 12 * H, D, 2 * D, 7 * D, 14 * D, MONTH, 2 * MONTH, 3 * MONTH, 6 * MONTH, 12 * MONTH];
const MOST = 400;
// The first Monday, in days since the epoch.
const MONDAY = 4;

// The step for ticks at least `room` pixels apart. From a month on it is a step of the calendar.
export const tickStep = (perPixel, room) => STEPS.find(s => s >= perPixel * room) ?? STEPS[STEPS.length - 1];

// Splits a range where the zone's offset changes: [from, to, offset]. No zone changes twice a week.
export function stretches(from, to, offsetAt) {
  const out = [];
  let begin = from, offset = offsetAt(from);
  for (let at = from; at < to;) {
    const next = Math.min(to, at + 7 * D);
    if (offsetAt(next) === offset) { at = next; continue; }
    let a = Math.floor(at), b = Math.ceil(next);
    while (b - a > 1) { const middle = Math.floor((a + b) / 2); if (offsetAt(middle) === offset) a = middle; else b = middle; }
    out.push([begin, b, offset]);
    begin = at = b; offset = offsetAt(b);
  }
  out.push([begin, to, offset]);
  return out;
}

// Start of a day, given as its midnight as if the zone were UTC. Where midnight is skipped, the day starts with the change.
export function dayStart(midnight, offsetAt) {
  const before = offsetAt(midnight - D), after = offsetAt(midnight + D);
  for (const offset of [before, after]) if (offsetAt(midnight - offset) === offset) return midnight - offset;
  return stretches(midnight - after, midnight - before, offsetAt)[0][1];
}

function* times(from, to, step, offsetAt) {
  for (const [begin, end, offset] of stretches(from, to, offsetAt))
    for (let t = Math.ceil((begin + offset) / step) * step - offset; t < end || t === to; t += step) yield t;
}

// Every number of days; weeks start on Monday.
function* days(from, to, step, offsetAt) {
  const every = step / D, first = every % 7 === 0 ? MONDAY : 0;
  for (let n = Math.floor(((from + offsetAt(from)) / D - first) / every); ; n++) {
    const t = dayStart((n * every + first) * D, offsetAt);
    if (t > to) return;
    if (t >= from) yield t;
  }
}

function* months(from, to, step, offsetAt) {
  const every = step / MONTH, local = new Date(from + offsetAt(from));
  for (let n = Math.floor((local.getUTCFullYear() * 12 + local.getUTCMonth()) / every); ; n++) {
    const t = dayStart(Date.UTC(Math.floor(n * every / 12), n * every % 12), offsetAt);
    if (!(t <= to)) return;
    if (t >= from) yield t;
  }
}

// Ticks of a scale: [x, time], at least `room` pixels apart. Midnights stay midnights when clocks change, and repeated hours are listed twice.
export function ticks(s, step, offsetAt, room) {
  const out = [], every = step < D ? times : step < MONTH ? days : months;
  let last = -1e9;
  for (const p of s.pieces) {
    if (p.gap) continue;
    for (const t of every(p.a, p.b, step, offsetAt)) {
      if (out.length >= MOST) return out;
      const x = s.x(t);
      if (x - last < room) continue;
      out.push([x, t]);
      last = x;
    }
  }
  return out;
}

const pad = (n, w = 2) => String(n).padStart(w, '0');
const time = (p, step, ms) => step >= M ? `${pad(p[3])}:${pad(p[4])}` : step >= S ? `${pad(p[3])}:${pad(p[4])}:${pad(p[5])}` : `${pad(p[5])}.${pad(((Math.round(ms) % S) + S) % S, 3)}`;

// Texts of ticks. The date is shown when it differs from the previous tick, the year when it differs from that of `now`.
// `parts` gives year, month, day, hour, minute and second of a time, `twin` what distinguishes a repeated time.
export function tickTexts(moments, step, now, parts, twin) {
  let [year] = parts(now), day = '';
  return moments.map(t => {
    const p = parts(t), date = `${p[1]}-${p[2]}`, isNewYear = p[0] !== year, isNewDay = date !== day && (day !== '' || step >= H);
    const full = `${isNewYear ? `${p[0]}-` : ''}${pad(p[1])}-${pad(p[2])}`;
    [year, day] = [p[0], date];
    if (step >= MONTH) return `${p[0]}-${pad(p[1])}`;
    if (step >= D) return full;
    return (isNewDay || (isNewYear && step >= H) ? full + ' ' : '') + time(p, step, t) + (step >= S ? twin(t) : '');
  });
}
