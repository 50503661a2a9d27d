// <rel-time at="unix ms"> shows how long ago that was by the server's clock, ticking from one timer for the whole page; the absolute time is its title.
// mode: "ago" (default), "for" (elapsed, no "ago"), "lasting" (the same with "for" before it), "left" (a deadline's countdown), "clock" (time of day), "date" (date and time).
import { serverNow } from './server-clock.js';
import { elapsed } from './spans.js';
import { chooseUtc, clock, date, zoneName } from './zone.js';

// Clocks that differ by less say nothing of a stamp: it is of now.
const NEAR = 10_000;
const all = new Set();

// What a moment is called at another.
export function words(mode, at, now) {
  const past = now - at;
  if (mode === 'clock') return clock(at);
  if (mode === 'date') return date(at);
  if (mode === 'left') return past < 0 ? `${elapsed(-past)} left` : `passed ${elapsed(past)} ago`;
  // Nothing can have happened yet that has not: some clock is wrong, and it is not for us to say which.
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
  // What stands still while time passes is made once.
  read(now = serverNow()) {
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

function readAll() { const now = serverNow(); for (const e of all) e.read(now); }
setInterval(() => { if (!document.hidden) { const now = serverNow(); for (const e of all) e.tick(now); } }, 1000);
document.addEventListener('visibilitychange', () => { if (!document.hidden) readAll(); });

export function useUtc(on) {
  chooseUtc(on);
  readAll();
}
