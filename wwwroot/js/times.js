// The panel of a range of time: tells the server when it opens and in which zone the page is, and has the keys of its calendar. What is chosen, the server says.
import { zoneName } from './zone.js';

const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'Enter', ' '];

export function watch(panel, picker) {
  // The page may be left meanwhile.
  const call = (...what) => picker.invokeMethodAsync(...what).catch(() => {});
  const open = () => call('Opened', zoneName());
  panel.addEventListener('toggle', e => { if (e.newState === 'open') open(); });
  panel.addEventListener('keydown', e => {
    // Keys of the page are not meant here; Escape closes the panel, which the browser does.
    e.stopPropagation();
    if (e.ctrlKey || e.altKey || e.metaKey || !e.target.closest('[role=grid]') || !KEYS.includes(e.key)) return;
    e.preventDefault();
    call('Pressed', e.key, e.shiftKey);
  });
  panel.dataset.ready = '';
  // It may have been opened before it was watched.
  if (panel.matches(':popover-open')) open();
  return {
    // What it has is typed over.
    focusText: () => { const input = panel.querySelector('input'); input?.focus(); input?.select(); },
    focusDay: () => panel.querySelector('[role=gridcell][tabindex="0"]')?.focus(),
    open: () => panel.showPopover(),
    close: () => panel.hidePopover(),
  };
}
