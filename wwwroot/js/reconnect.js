// Blazor raises the states; the dialog follows them. Retry asks the same circuit again, then a new one.
const dialog = document.getElementById('components-reconnect-modal');
dialog.addEventListener('components-reconnect-state-changed', e => {
  const state = e.detail.state;
  dialog.dataset.state = state;
  if (state === 'hide') dialog.close();
  else if (!dialog.open) dialog.showModal();
});
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
