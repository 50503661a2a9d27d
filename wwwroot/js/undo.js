// Where the keyboard is while a command can be undone.
import { lastPressed } from './shell.js';

const patience = 1000;

// Only when the pressed button lost the focus by being switched off: whoever has gone on to something else is not disturbed.
export function enter() {
  const at = document.activeElement;
  if (at && at !== document.body && at !== lastPressed()) return;
  const bar = document.querySelector('.undo-bars');
  if (!bar) return;
  bar.tabIndex = -1;
  bar.focus({ preventScroll: true });
}

export function leave() {
  const at = document.activeElement;
  if (at && at !== document.body) return;
  const button = lastPressed(), until = performance.now() + patience;
  const back = () => {
    if (document.activeElement !== document.body) return;
    if (button?.isConnected && !button.disabled) button.focus({ preventScroll: true });
    else if (button?.isConnected && performance.now() < until) requestAnimationFrame(back);
    else document.getElementById('main')?.focus({ preventScroll: true });
  };
  back();
}
