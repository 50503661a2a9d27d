// Starts Blazor and goes on when the connection is lost: the same circuit while the server still has it, else the page is loaded again at its place.
import { keep } from './place.js';
import { serverNow } from './server-clock.js';
import { clock } from './zone.js';

const dialog = document.getElementById('components-reconnect-modal'), why = document.getElementById('reconnect-why'), next = document.getElementById('reconnect-next');
const SLOWEST = 5000;
let since = null, waiting = null;

// Soon at first, then every few seconds for as long as it takes; not all tabs at the same moment.
const wait = attempt => attempt === 0 ? 0 : Math.min(SLOWEST, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);

// Why a connection is refused, in the server's words; Blazor tells the console alone. Empty when the server would take one, null when it does not answer.
async function refusal() {
  const reply = await fetch('_blazor/negotiate?negotiateVersion=1', { method: 'POST' }).catch(() => null);
  if (!reply) return null;
  return reply.ok ? '' : reply.headers.get('content-type')?.startsWith('text/plain') ? (await reply.text()).trim() : null;
}

function lost() {
  since ??= serverNow();
  document.documentElement.dataset.circuit = 'gone';
  for (const e of document.querySelectorAll('.gone-since')) e.textContent = `Disconnected since ${clock(since)}`;
  if (!dialog.open) dialog.showModal();
}

function back() {
  since = null;
  delete document.documentElement.dataset.circuit;
  for (const e of document.querySelectorAll('.gone-since')) e.textContent = '';
  why.textContent = next.textContent = '';
  dialog.close();
  document.dispatchEvent(new Event('circuit-back'));
}

// The server is there and the circuit is not. Asked first: a proxy that has no server yet would show a page of its own in place of this one.
async function reload() {
  clearTimeout(waiting);
  next.textContent = 'The dashboard was restarted. Loading the page again…';
  const refused = await refusal();
  if (refused === '') { keep(); location.reload(); return; }
  why.textContent = refused ?? '';
  waiting = setTimeout(reload, SLOWEST);
}

async function tryNow() {
  next.textContent = 'Trying to connect…';
  try {
    if (await Blazor.reconnect() || await Blazor.resumeCircuit?.()) back();
    else reload();
  } catch {
    next.textContent = 'The dashboard does not answer.';
    why.textContent = await refusal() ?? '';
    waiting = setTimeout(tryNow, SLOWEST);
  }
}

dialog.addEventListener('components-reconnect-state-changed', async e => {
  const { state, currentAttempt, secondsToNextAttempt } = e.detail;
  if (state === 'hide') { back(); return; }
  lost();
  if (state === 'rejected' || state === 'resume-failed') reload();
  else if (state === 'failed' || state === 'paused') tryNow();
  else {
    next.textContent = secondsToNextAttempt > 0 ? `Trying again in ${secondsToNextAttempt} s…` : 'Trying to connect…';
    if (currentAttempt > 2 && !secondsToNextAttempt) why.textContent = await refusal() ?? '';
  }
});
dialog.addEventListener('cancel', e => e.preventDefault());
document.getElementById('reconnect-reload').addEventListener('click', () => { keep(); location.reload(); });
document.getElementById('reconnect-retry').addEventListener('click', () => { clearTimeout(waiting); tryNow(); });

Blazor.start({ circuit: { reconnectionOptions: { maxRetries: Infinity, retryIntervalMilliseconds: wait } } });

// The document came, but not the connection: there may have been a place for the one and none for the other.
async function whyNotConnected() {
  const boot = document.getElementById('boot');
  if (!boot) return;
  const reply = await fetch(location.href, { headers: { accept: 'text/plain' } }).catch(() => null);
  if (reply?.status === 503) location.reload();
  else boot.textContent = await refusal() || boot.textContent;
}
setTimeout(whyNotConnected, 3000);
