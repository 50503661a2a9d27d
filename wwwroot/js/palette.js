// Browser part of the palette: opens it before the server knows, so that no letter is lost, and sends the keys that move in its list.
import { chordIsOpen, keysOn, typing } from './shell.js';

const RECENT = 'recent', MOST = 12, LONGEST = 1200, REST = 250;
const MOVES = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter', 'ArrowRight', 'ArrowLeft', 'Backspace'];

function recents() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(address => typeof address === 'string' && address.length <= LONGEST).slice(0, MOST) : [];
  } catch { return []; }
}

function addressOf(row) {
  const id = row?.querySelector('.c-check input')?.value;
  return row?.querySelector('a.row-link')?.getAttribute('href') ?? (id ? 'executions/' + encodeURIComponent(id) : null);
}

// The row with the focus, or at the cursor of the list.
const selected = () => addressOf(document.activeElement?.closest?.('tbody tr') ?? document.querySelector('.rows tr.cursor'));

// rowKeys: the keys that act on the row at the cursor.
export function start(dialog, palette, rowKeys) {
  const input = dialog.querySelector('input'), bar = dialog.parentElement.querySelector('.row-actions');
  const isBusy = () => document.querySelector('dialog[open], .mud-dialog') !== null;

  function open(actions = false, at = selected()) {
    if (isBusy()) return;
    hide();
    dialog.showModal();
    input.focus();
    palette.invokeMethodAsync('Open', at, recents(), actions);
  }
  const onKey = e => {
    if (e.key.toLowerCase() === 'k' && (e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey) {
      e.preventDefault();
      if (dialog.open) dialog.close(); else open();
    } else if (!e.ctrlKey && !e.metaKey && !e.altKey && keysOn() && !typing(e) && !isBusy()) {
      if (e.key !== '/' && e.key !== '.' && !rowKeys.includes(e.key)) return;
      // The letter after g is of a page, whichever listener comes first.
      if (chordIsOpen() || e.defaultPrevented) return;
      e.preventDefault();
      if (rowKeys.includes(e.key)) act(selected(), e.key);
      else open(e.key === '.');
    }
  };
  // What cannot be done now is listed with the reason.
  const act = async (at, key) => { if (key === '.' || !await palette.invokeMethodAsync('Act', at, key)) open(true, at); };
  const onClick = e => {
    const button = e.target.closest?.('[data-palette]'), onRow = e.target.closest?.('[data-row-key]');
    if (button) open('thing' in button.dataset, button.dataset.thing ?? selected());
    if (onRow) act(bar.dataset.at, onRow.dataset.rowKey);
  };

  // The buttons over the row that the mouse rests on.
  let row = null, resting = 0;
  function hide() { clearTimeout(resting); row = null; bar.hidden = true; }
  function show(over) {
    const address = addressOf(over), host = over.closest('.rows');
    if (!address || !host || isBusy()) return;
    const [at, within] = [over.getBoundingClientRect(), host.getBoundingClientRect()];
    row = over;
    bar.dataset.at = address;
    for (const button of bar.querySelectorAll('[data-row-key]')) button.hidden = button.dataset.rowKey !== '.' && !address.startsWith('executions/');
    bar.hidden = false;
    bar.style.top = `${at.top + (at.height - bar.offsetHeight) / 2}px`;
    bar.style.left = `${Math.min(at.right, within.left + host.clientWidth) - bar.offsetWidth - 6}px`;
  }
  const onOver = e => {
    if (e.pointerType !== 'mouse' || e.target.closest?.('.row-actions')) return;
    const over = e.target.closest?.('.rows tbody tr[data-index]') ?? null;
    if (over === row && over) return;
    hide();
    if (over) resting = setTimeout(() => over.isConnected && show(over), REST);
  };
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
  document.addEventListener('pointerover', onOver);
  document.addEventListener('scroll', hide, true);
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
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('scroll', hide, true);
    },
  };
}
