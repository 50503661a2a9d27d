// Browser part of the palette: opens it before the server knows, so that no letter is lost, and sends the keys that move in its list.
import { chordIsOpen, keysOn, typing } from './shell.js';

const RECENT = 'recent', MOST = 12, LONGEST = 1200, REST = 250;
// What has actions. Runs and the audit have pages of their own.
const THINGS = ['executions', 'nodes', 'jobs', 'deployments', 'attention'];
const MOVES = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter', 'ArrowRight', 'ArrowLeft', 'Backspace'];

function recents() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter(address => typeof address === 'string' && address.length <= LONGEST).slice(0, MOST) : [];
  } catch { return []; }
}

function addressOf(row) {
  const id = row?.querySelector('.c-check input')?.value;
  const link = row?.dataset.thing ?? row?.querySelector('a.row-link')?.getAttribute('href') ?? (id ? 'executions/' + encodeURIComponent(id) : null);
  return link && THINGS.includes(folderOf(link)) ? link : null;
}
// The first part of an address within the dashboard.
const folderOf = address => address.replace(document.baseURI, '').split(/[/?#]/, 1)[0];

// What the cursor or the mouse of the map or the timeline points at.
const pointed = () => document.activeElement?.closest?.('[data-points-at]')?.dataset.pointsAt ?? document.querySelector('[data-points-at]:hover')?.dataset.pointsAt;

// That, or the row with the focus, or at the cursor of the list.
const selected = () => pointed() ?? addressOf(document.activeElement?.closest?.('tbody tr') ?? document.querySelector('.rows tr.cursor'));

export function start(dialog, palette) {
  const input = dialog.querySelector('input'), bar = dialog.parentElement.querySelector('.row-actions');
  const keys = [...bar.querySelectorAll('[data-row-key]')].map(button => ({ button, key: button.dataset.rowKey, folders: button.dataset.folders?.split(' ') }));
  // A key of rows is another one on pages of other things.
  const actsOn = (key, address) => keys.some(k => k.key === key && k.folders?.includes(folderOf(address)));
  const isBusy = () => document.querySelector('dialog[open], .mud-dialog') !== null;

  function open(actions = false, at = selected()) {
    if (isBusy()) return;
    hide();
    tellClosed();
    told = false;
    dialog.showModal();
    input.focus();
    palette.invokeMethodAsync('Open', at, recents(), actions);
  }
  const onKey = e => {
    if (e.key.toLowerCase() === 'k' && (e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey) {
      e.preventDefault();
      if (dialog.open) dialog.close(); else open();
    } else if (!e.ctrlKey && !e.metaKey && !e.altKey && keysOn() && !typing(e) && !isBusy()) {
      const at = selected(), acts = actsOn(e.key, at ?? location.href);
      if (e.key !== '/' && e.key !== '.' && !acts) return;
      // The letter after g is of a page, whichever listener comes first.
      if (chordIsOpen() || e.defaultPrevented) return;
      e.preventDefault();
      if (acts) act(at, e.key);
      else open(e.key === '.', at);
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
    const address = addressOf(over), host = over.closest('.rows, main') ?? document.body;
    if (!address || isBusy()) return;
    const [at, within] = [over.getBoundingClientRect(), host.getBoundingClientRect()];
    row = over;
    bar.dataset.at = address;
    for (const { button, folders } of keys) button.hidden = folders !== undefined && !folders.includes(folderOf(address));
    bar.hidden = false;
    bar.style.top = `${at.top + (at.height - bar.offsetHeight) / 2}px`;
    // What can be pressed at the end of a row stays free.
    const last = over.cells[over.cells.length - 1], end = last?.querySelector('a, button, input, select') ? last.getBoundingClientRect().left : at.right;
    bar.style.left = `${Math.min(end, within.left + host.clientWidth) - bar.offsetWidth - 6}px`;
  }
  const onOver = e => {
    if (e.pointerType !== 'mouse' || e.target.closest?.('.row-actions')) return;
    const over = e.target.closest?.('tbody tr:has(a.row-link, .c-check), tbody tr[data-thing]') ?? null;
    if (over === row && over) return;
    hide();
    if (over) resting = setTimeout(() => over.isConnected && show(over), REST);
  };
  const onContext = e => {
    const at = e.target.closest?.('[data-points-at]')?.dataset.pointsAt;
    if (!at || isBusy()) return;
    e.preventDefault();
    open(true, at);
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
  // The event comes after the closing, maybe when it is open again: then the server was told before that.
  let told = true;
  function tellClosed() {
    if (told) return;
    told = true;
    input.value = '';
    palette.invokeMethodAsync('Closed');
  }
  const onClose = () => { if (!dialog.open) tellClosed(); };
  // A click on a line must not take the focus from the text.
  const keepFocus = e => { if (e.target.closest?.('.palette-list')) e.preventDefault(); };
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', onClick);
  document.addEventListener('pointerover', onOver);
  document.addEventListener('contextmenu', onContext);
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
      document.removeEventListener('contextmenu', onContext);
      document.removeEventListener('scroll', hide, true);
    },
  };
}
