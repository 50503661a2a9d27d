// Times in the page's zone: the browser's, UTC, or any of the IANA database. The document says which, and it may change at any time.
const LOCAL = 'local', UTC = 'utc', HALF_DAY = 12 * 3600000;
// Offsets change at quarters of an hour, so one answer of the slow date format counts for the whole quarter.
const QUARTER = 900_000, MOST = 20_000;
const pad = (n, w = 2) => String(n).padStart(w, '0');

let zone = LOCAL, name = null, format = null;
const offsets = new Map();
useZone(document.documentElement.dataset.zone ?? LOCAL);

// The name as the browser spells it; null for a zone that it does not know.
export function zoneOf(wanted) {
  try {
    return new Intl.DateTimeFormat('en', wanted === LOCAL ? {} : { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

// A zone that this browser does not know is shown as its own.
export function useZone(wanted) {
  zone = wanted === UTC || wanted === LOCAL || zoneOf(wanted) ? wanted : LOCAL;
  [name, format] = [null, null];
  offsets.clear();
}

// The browser's zone may have changed while the tab was hidden.
export const zoneName = () => zone === UTC ? 'UTC' : zone === LOCAL ? name ??= zoneOf(LOCAL) : zone;
document.addEventListener('visibilitychange', () => { name = null; });

// Offset from UTC at a time, in milliseconds; positive in the east.
export function zoneOffset(ms) {
  if (zone === UTC) return 0;
  if (zone === LOCAL) return -new Date(ms).getTimezoneOffset() * 60000 || 0;
  const quarter = Math.floor(ms / QUARTER);
  let offset = offsets.get(quarter);
  if (offset === undefined) {
    if (offsets.size >= MOST) offsets.clear();
    offsets.set(quarter, offset = computed(quarter * QUARTER));
  }
  return offset;
}

function computed(ms) {
  format ??= new Intl.DateTimeFormat('en', { timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  const at = {};
  for (const { type, value } of format.formatToParts(ms)) at[type] = Number(value);
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - ms;
}

// Year, month, day, hour, minute, second.
export function parts(ms) {
  const d = new Date(ms + zoneOffset(ms));
  return [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()];
}

// The offset of a time that occurs twice because clocks are set back, such as " −04:00". Empty for other times.
export function twin(ms, offsetAt = zoneOffset) {
  const here = offsetAt(ms);
  for (const other of [offsetAt(ms - HALF_DAY), offsetAt(ms + HALF_DAY)])
    if (other !== here && offsetAt(ms + here - other) === other) return ` ${here < 0 ? '−' : '+'}${pad(Math.floor(Math.abs(here) / 3600000))}:${pad(Math.abs(here) / 60000 % 60)}`;
  return '';
}

const time = p => `${pad(p[3])}:${pad(p[4])}:${pad(p[5])}`;
export const day = ms => { const p = parts(ms); return `${p[0]}-${pad(p[1])}-${pad(p[2])}`; };
export const clock = ms => time(parts(ms)) + twin(ms);
export const date = ms => `${day(ms)} ${time(parts(ms))}${twin(ms)}`;
