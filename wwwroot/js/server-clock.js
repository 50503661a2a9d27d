// The server's clock, as this tab knows it: ages, countdowns and the present of the timeline go by it, whatever this computer's clock says.
// Kept is how far the server's is ahead of Date.now(), in milliseconds. The document says when it was written; each round trip over the circuit then narrows it down.
import { elapsed } from './spans.js';

// A difference that people see in ages; smaller ones are corrected and not worth a word.
const LARGE = 30_000;
const PACE = 5 * 60_000, AFTER_FAILURE = 10_000, JUMP = 1_000;
let ahead = ofDocument();

// Counted from when the document came, not from when this module ran: scripts may be late.
function ofDocument() {
  const written = Number(document.documentElement.dataset.serverTime), [load] = performance.getEntriesByType('navigation');
  return written && load ? written + performance.now() - load.responseStart - Date.now() : 0;
}

export const serverNow = () => Date.now() + ahead;

// `ask` resolves to the server's time in milliseconds. It was told between the question and its answer: what fits between them stays as it is, so a slow answer moves nothing.
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

// Measures now, every few minutes, and when this computer's clock was set or it woke up; not while nobody looks. Returns what ends it.
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
