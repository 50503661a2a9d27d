// Times in the page's zone: the browser's, or UTC. The choice is stored per browser.
let utc = localStorage.getItem('zone') === 'utc';
let name = null;

const HALF_DAY = 12 * 3600000;
const pad = (n, w = 2) => String(n).padStart(w, '0');

export const isUtc = () => utc;
export function chooseUtc(on) {
  utc = on;
  localStorage.setItem('zone', on ? 'utc' : 'local');
}

// Creating a date format is slow. The zone may have changed while the tab was hidden.
export const zoneName = () => utc ? 'UTC' : name ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
document.addEventListener('visibilitychange', () => { name = null; });

// Offset from UTC at a time, in milliseconds; positive in the east.
export const zoneOffset = ms => utc ? 0 : -new Date(ms).getTimezoneOffset() * 60000 || 0;

// Year, month, day, hour, minute, second.
export function parts(ms) {
  const d = new Date(ms);
  return utc
    ? [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()]
    : [d.getFullYear(), d.getMonth() + 1, d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds()];
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
