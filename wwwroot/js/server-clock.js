// The server's clock in this tab, which ages, countdowns and the present of the timeline use. Stored is how far it is ahead of Date.now(), in
// milliseconds. The document has the time when it was written; each round trip over the circuit narrows the difference down.
import { elapsed } from './spans.js';

// A difference that is visible in ages; smaller ones are corrected without a message.
const LARGE = 30_000;
const PACE = 5 * 60_000, AFTER_FAILURE = 10_000, JUMP = 1_000;
let ahead = ofDocument();

// Measured from the arrival of the document instead of the start of this module, because scripts may be late.
function ofDocument() {
  const written = Number(document.documentElement.dataset.serverTime), [load] = performance.getEntriesByType('navigation');
  return written && load ? written + performance.now() - load.responseStart - Date.now() : 0;
}

export const serverNow = () => Date.now() + ahead;

// The present of what is shown: now, or the moment of the past that the tab shows.
export const pageNow = () => Number(document.documentElement.dataset.moment) || serverNow();

// `ask` resolves to the server's time in milliseconds, read between request and reply. A difference that is consistent with both is kept, so a slow reply changes nothing.
async function measure(ask) {
  const asked = Date.now(), told = await ask(), answered = Date.now();
  ahead = Math.max(told - answered, Math.min(told - asked, ahead));
  say();
}

function say() {
  const note = document.getElementById('clock-note'), off = Math.abs(ahead), unit = off < 60_000 ? 1_000 : 60_000;
  if (!note) return;
  note.hidden = off < LARGE;
  const text = note.hidden ? '' : `This computer's clock is ${elapsed(Math.round(off / unit) * unit)} ${ahead > 0 ? 'behind' : 'ahead of'} the server's. Ages and countdowns here use the server's time.`;
  if (note.textContent !== text) note.textContent = text;
}

// Measures now, every few minutes, and after this computer's clock was set or it woke up; not while the tab is hidden. Returns a function that ends it.
export function keepMeasuring(ask) {
  let due = 0, apart = 0, busy = false;
  const look = async () => {
    const jumped = Math.abs(Date.now() - performance.now() - apart) > JUMP;
    if (busy || document.hidden || document.documentElement.dataset.circuit === 'gone' || (performance.now() < due && !jumped)) return;
    busy = true;
    apart = Date.now() - performance.now();
    try {
      await measure(ask);
      due = performance.now() + PACE;
    } catch {
      due = performance.now() + AFTER_FAILURE; // the connection went meanwhile
    }
    busy = false;
  };
  look();
  const timer = setInterval(look, 1000);
  return () => clearInterval(timer);
}
