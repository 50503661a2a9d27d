// Moments on the wall clock of the page's zone: the browser's, or UTC. Which one is kept per browser.
let utc = localStorage.getItem('zone') === 'utc';
let name = null;

const HALF_DAY = 12 * 3600000;
const pad = (n, w = 2) => String(n).padStart(w, '0');

export const isUtc = () => utc;
export function chooseUtc(on) {
  utc = on;
  localStorage.setItem('zone', on ? 'utc' : 'local');
}

// Making a format of dates is dear. The zone may have become another while nobody looked.
export const zoneName = () => utc ? 'UTC' : name ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
document.addEventListener('visibilitychange', () => { name = null; });

// The zone's distance from UTC at a moment, in milliseconds; east is positive.
export const zoneOffset = ms => utc ? 0 : -new Date(ms).getTimezoneOffset() * 60000 || 0;

// Year, month, day, hour, minute, second.
export function parts(ms) {
  const d = new Date(ms);
  return utc
    ? [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()]
    : [d.getFullYear(), d.getMonth() + 1, d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds()];
}

// When clocks are set back the same times come twice: the distance from UTC tells one from the other, as " −04:00". Empty for all other times.
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
