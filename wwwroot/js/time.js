// <rel-time at="unix ms"> shows how long ago that was, ticking from one clock for the whole page; the absolute time is its title.
// mode: "ago" (default), "for" (elapsed, no "ago"), "left" (a deadline's countdown), "clock" (time of day), "date" (date and time). Zone: the browser's or UTC, kept per browser.
const all = new Set();
let utc = localStorage.getItem('zone') === 'utc';

const pad = (n, w = 2) => String(n).padStart(w, '0');
function parts(ms) {
  const d = new Date(ms);
  return utc
    ? [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate(), d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds()]
    : [d.getFullYear(), d.getMonth() + 1, d.getDate(), d.getHours(), d.getMinutes(), d.getSeconds()];
}
const zoneName = utcNow => utcNow ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
export const clock = ms => { const p = parts(ms); return `${pad(p[3])}:${pad(p[4])}:${pad(p[5])}`; };
export const date = ms => { const p = parts(ms); return `${p[0]}-${pad(p[1])}-${pad(p[2])} ${clock(ms)}`; };

export function elapsed(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor(s % 3600 / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor(s % 86400 / 3600)} h`;
}

class RelTime extends HTMLElement {
  static observedAttributes = ['at', 'mode'];
  connectedCallback() { all.add(this); this.show(); }
  disconnectedCallback() { all.delete(this); }
  attributeChangedCallback() { if (this.isConnected) this.show(); }
  show(now = Date.now()) {
    const at = Number(this.getAttribute('at'));
    if (!at) return;
    const mode = this.getAttribute('mode');
    const text = mode === 'clock' ? clock(at) : mode === 'date' ? date(at)
      : mode === 'for' ? elapsed(now - at)
      : mode === 'left' ? (at > now ? `${elapsed(at - now)} left` : `passed ${elapsed(now - at)} ago`)
      : now - at < 1000 ? 'now' : `${elapsed(now - at)} ago`;
    if (this.textContent !== text) this.textContent = text;
    const title = `${date(at)} ${zoneName(utc)}`;
    if (this.title !== title) this.title = title;
  }
}
customElements.define('rel-time', RelTime);

setInterval(() => { if (!document.hidden) { const now = Date.now(); for (const e of all) e.show(now); } }, 1000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) for (const e of all) e.show(); });

export const isUtc = () => utc;
export function useUtc(on) {
  utc = on;
  localStorage.setItem('zone', on ? 'utc' : 'local');
  for (const e of all) e.show();
}
