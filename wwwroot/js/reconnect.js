// Blazor raises the states; the dialog follows them. Retry asks the same circuit again, then a new one.
const dialog = document.getElementById('components-reconnect-modal'), why = document.getElementById('reconnect-why');

// A dashboard that has no place for one more tab says so in place of the document.
async function refusal() {
  const reply = await fetch(location.href, { headers: { accept: 'text/plain' } }).catch(() => null);
  return reply?.status === 503 ? (await reply.text()).trim() : '';
}

// A page that came through a proxy may not connect, when no setting names its address: Blazor tells the console alone.
async function closedDoor() {
  const reply = await fetch('_blazor/negotiate?negotiateVersion=1', { method: 'POST' }).catch(() => null);
  return reply && !reply.ok && reply.headers.get('content-type')?.startsWith('text/plain') ? (await reply.text()).trim() : '';
}

dialog.addEventListener('components-reconnect-state-changed', e => {
  const state = e.detail.state;
  dialog.dataset.state = state;
  if (state === 'hide') dialog.close();
  else if (!dialog.open) dialog.showModal();
  why.textContent = '';
  if (state === 'failed') refusal().then(text => { if (dialog.dataset.state === 'failed') why.textContent = text; });
});
// The document came, but not the connection: there may have been a place for the one and none for the other.
setTimeout(async () => {
  const boot = document.getElementById('boot');
  if (!boot) return;
  if (await refusal()) location.reload();
  else boot.textContent = await closedDoor() || boot.textContent;
}, 3000);
dialog.addEventListener('cancel', e => e.preventDefault());
document.getElementById('reconnect-reload').addEventListener('click', () => location.reload());
document.getElementById('reconnect-retry').addEventListener('click', async () => {
  dialog.dataset.state = 'show';
  try {
    if (await Blazor.reconnect() || await Blazor.resumeCircuit?.()) dialog.close();
    else dialog.dataset.state = 'rejected';
  } catch {
    dialog.dataset.state = 'failed';
  }
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && dialog.dataset.state === 'failed') document.getElementById('reconnect-retry').click();
});
