// Browser part of spec pages: scrolls to a line, copies a long text from its address, reads a pasted text as a stream.
export function showLine(host, top, height) {
  if (top < host.scrollTop + height || top + 2 * height > host.scrollTop + host.clientHeight) host.scrollTop = Math.max(0, top - host.clientHeight / 3);
  host.scrollLeft = 0;
}

export const text = area => new Blob([area.value]);
export const clear = area => { area.value = ''; };

// Scrolls to the nth difference, from 1, and marks it; returns its number.
export function showDifference(host, number) {
  const row = host?.querySelector(`[data-difference="${number}"]`);
  if (!row) return false;
  host.querySelector('tr.here')?.classList.remove('here');
  row.classList.add('here');
  row.scrollIntoView({ block: 'center' });
  return true;
}

document.addEventListener('click', async e => {
  const button = e.target.closest?.('[data-copy-from]');
  if (!button) return;
  const loaded = fetch(button.dataset.copyFrom).then(reply => { if (!reply.ok) throw new Error(reply.statusText); return reply.blob(); });
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': loaded.then(blob => new Blob([blob], { type: 'text/plain' })) })]);
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1200);
  } catch {
    button.title = 'It could not be copied. Download it instead.';
    button.classList.add('problem');
  }
});
