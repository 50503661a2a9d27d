// Starts Blazor and handles lost connections: resumes the circuit while the server still has it, else reloads the page at its position.
import { keep } from './place.js';
import { serverNow } from './server-clock.js';
import { clock } from './zone.js';

const dialog = document.getElementById('components-reconnect-modal'), why = document.getElementById('reconnect-why'), next = document.getElementById('reconnect-next');
const SLOWEST = 5000;
let since = null, waiting = null;

// Soon at first, then every few seconds without end; with jitter, so that tabs do not retry at the same time.
const wait = attempt => attempt === 0 ? 0 : Math.min(SLOWEST, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);

// Why a connection is refused, in the server's words, which Blazor only logs. Empty when the server would accept one, null when it does not reply.
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

// The server is up but the circuit is gone. Check first: a proxy without a server would replace this page by its own.
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

// The document was served but not the connection: the limit of tabs may have been reached in between.
async function whyNotConnected() {
  const boot = document.getElementById('boot');
  if (!boot) return;
  const reply = await fetch(location.href, { headers: { accept: 'text/plain' } }).catch(() => null);
  if (reply?.status === 503) location.reload();
  else boot.textContent = await refusal() || boot.textContent;
}
setTimeout(whyNotConnected, 3000);
