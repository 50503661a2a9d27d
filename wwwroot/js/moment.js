// The moment of the past that the tab shows: ages are measured from it, it goes along links that are opened in another tab or copied, and the arrow keys step through changes.
import { readAll } from './time.js';
import { keysOn, typing } from './shell.js';
import { withMoment } from './links.js';

const set = document.documentElement.dataset;

export function show(text, milliseconds) {
  set.at = text;
  set.moment = milliseconds;
  readAll();
}

// What uses the arrows itself.
const own = 'input, textarea, select, canvas, summary, [role=grid], [role=tree], [role=treegrid], [role=tab], [role=tablist], [role=radio], [role=slider], [role=menu], [role=listbox], [contenteditable], .rows, .log';

export function watchSteps(element) {
  const onKey = e => {
    if (e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey || !keysOn() || (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight')) return;
    if (typing(e) || e.target.closest?.(own) || document.querySelector('dialog[open], .mud-dialog')) return;
    e.preventDefault();
    element.querySelector(`[data-step=${e.key}]`)?.click();
  };
  // Before the link is followed, opened elsewhere or copied.
  const onLink = e => {
    const link = e.target.closest?.('a[href]') ?? e.target.closest?.('tr')?.querySelector('a.row-link');
    // One that opens the tab anew leads to a moment of its own, or to now.
    if (link && link.target !== '_top') link.href = withMoment(link.href);
  };
  const kinds = ['pointerdown', 'focusin', 'contextmenu'];
  document.addEventListener('keydown', onKey);
  for (const kind of kinds) document.addEventListener(kind, onLink, true);
  element.dataset.ready = '';
  return {
    dispose() {
      document.removeEventListener('keydown', onKey);
      for (const kind of kinds) document.removeEventListener(kind, onLink, true);
    },
  };
}
