// <rel-time at="unix ms"> shows an age by the server's clock, updated by one timer for the whole page; the absolute time is its title.
// mode: "ago" (default), "for" (without "ago"), "lasting" (with "for" in front), "left" (countdown), "in" (when it comes), "clock" (time of day), "date" (date and time).
import { pageNow } from './server-clock.js';
import { elapsed } from './spans.js';
import { clock, date, useZone, zoneName } from './zone.js';

// Smaller differences between clocks count as now.
const NEAR = 10_000;
const all = new Set();

// The text for a time, seen from another time.
export function words(mode, at, now) {
  const past = now - at;
  if (mode === 'clock') return clock(at);
  if (mode === 'date') return date(at);
  if (mode === 'left') return past < 0 ? `${elapsed(-past)} left` : `passed ${elapsed(past)} ago`;
  if (mode === 'in') return past < -999 ? `in ${elapsed(-past)}` : 'now';
  // A time in the future: some clock is wrong, and it is unknown which one.
  if (past < -NEAR) return `in ${elapsed(-past).split(' ', 2).join(' ')} (clock?)`;
  if (mode === 'for') return elapsed(past);
  if (mode === 'lasting') return `for ${elapsed(past)}`;
  return past < 1000 ? 'now' : `${elapsed(past)} ago`;
}

class RelTime extends HTMLElement {
  static observedAttributes = ['at', 'mode'];
  connectedCallback() { all.add(this); this.read(); }
  disconnectedCallback() { all.delete(this); }
  attributeChangedCallback() { if (this.isConnected) this.read(); }
  // Parts that do not change while time passes are computed once.
  read(now = pageNow()) {
    const at = this.getAttribute('at');
    this.mode = this.getAttribute('mode');
    this.moment = at ? Number(at) : NaN;
    const title = Number.isFinite(this.moment) ? `${date(this.moment)} ${zoneName()}` : '';
    if (this.title !== title) this.title = title;
    this.still = !title || this.mode === 'clock' || this.mode === 'date';
    this.write(title ? words(this.mode, this.moment, now) : '–');
  }
  tick(now) { if (!this.still) this.write(words(this.mode, this.moment, now)); }
  write(text) { if (this.textContent !== text) this.textContent = text; }
}
customElements.define('rel-time', RelTime);

export function readAll() { const now = pageNow(); for (const e of all) e.read(now); }
setInterval(() => { if (!document.hidden) { const now = pageNow(); for (const e of all) e.tick(now); } }, 1000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) readAll(); });

// Shows all times in another zone.
export function showZone(zone) {
  useZone(zone);
  readAll();
}
