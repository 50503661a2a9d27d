// Browser part of the palette: opens it before the server knows, so that no letter is lost, and sends the keys that move in its list.
import { keysOn, typing } from './shell.js';

const RECENT = 'recent', MOST = 12, LONGEST = 1200;
const MOVES = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter', 'ArrowRight', 'ArrowLeft', 'Backspace'];

function recents() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(address => typeof address === 'string' && address.length <= LONGEST).slice(0, MOST) : [];
  } catch { return []; }
}

// The row with the focus, or at the cursor of the list.
function selected() {
  const row = document.activeElement?.closest?.('tbody tr') ?? document.querySelector('.rows tr.cursor');
  const id = row?.querySelector('.c-check input')?.value;
  return row?.querySelector('a.row-link')?.getAttribute('href') ?? (id ? 'executions/' + encodeURIComponent(id) : null);
}

export function start(dialog, palette) {
  const input = dialog.querySelector('input');

  function open(actions = false) {
    if (document.querySelector('dialog[open], .mud-dialog')) return;
    const at = selected();
    dialog.showModal();
    input.focus();
    palette.invokeMethodAsync('Open', at, recents(), actions);
  }
  const onKey = e => {
    if (e.key.toLowerCase() === 'k' && (e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey) {
      e.preventDefault();
      if (dialog.open) dialog.close(); else open();
    } else if ((e.key === '/' || e.key === '.') && !e.ctrlKey && !e.metaKey && !e.altKey && keysOn() && !typing(e) && !document.querySelector('dialog[open], .mud-dialog')) {
      e.preventDefault();
      open(e.key === '.');
    }
  };
  const onClick = e => { if (e.target.closest?.('[data-palette]')) open(); };
  const onMove = async e => {
    if (!MOVES.includes(e.key) || e.isComposing || e.shiftKey || e.altKey) return;
    // In a text the arrows and Backspace are its own.
    if (e.key === 'ArrowRight' && input.selectionStart < input.value.length) return;
    if (['ArrowLeft', 'Backspace'].includes(e.key) && input.value.length > 0) return;
    if (e.key === 'Enter' && e.target !== input) return;
    e.preventDefault();
    await palette.invokeMethodAsync('Press', e.key, e.ctrlKey || e.metaKey);
    dialog.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  };
  const onPointer = e => { if (e.target === dialog || e.target.closest?.('[data-palette-close]')) dialog.close(); };
  const onClose = () => { input.value = ''; palette.invokeMethodAsync('Closed'); };
  // A click on a line must not take the focus from the text.
  const keepFocus = e => { if (e.target.closest?.('.palette-list')) e.preventDefault(); };
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', onClick);
  dialog.addEventListener('keydown', onMove);
  dialog.addEventListener('click', onPointer);
  dialog.addEventListener('mousedown', keepFocus);
  dialog.addEventListener('close', onClose);
  dialog.dataset.ready = '';
  return {
    async finish(copies, tab) {
      if (copies) await navigator.clipboard.writeText(copies);
      if (tab) window.open(new URL(tab, document.baseURI).href, '_blank', 'noopener');
      dialog.close();
    },
    visited(address) {
      const kept = [address, ...recents().filter(other => other !== address)].slice(0, MOST);
      try { localStorage.setItem(RECENT, JSON.stringify(kept)); } catch { /* full or forbidden: recents are a convenience */ }
    },
    dispose() {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('click', onClick);
    },
  };
}
