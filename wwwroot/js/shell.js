// What the shell needs of the browser: theme, visibility, keys, clipboard, small preferences. One object, told once.
import { keepMeasuring } from './server-clock.js';
import { useUtc } from './time.js';
import { isUtc } from './zone.js';

const typing = e => e.target instanceof HTMLElement && (e.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName));
let chord = null;

export function start(shell) {
  const stopTheme = window.dashboardTheme.onChange(mode => shell.invokeMethodAsync('ThemeChanged', mode));
  const onVisibility = () => shell.invokeMethodAsync('VisibilityChanged', !document.hidden);
  const onKey = e => {
    if (e.ctrlKey || e.altKey || e.metaKey || !keysOn()) return;
    if (document.querySelector('dialog[open], .mud-dialog')) return;
    if (typing(e)) { if (e.key === 'Escape') e.target.blur(); return; }
    if (chord === 'g') { chord = null; e.preventDefault(); shell.invokeMethodAsync('Key', 'g ' + e.key); return; }
    if (e.key === 'g') { chord = 'g'; setTimeout(() => { chord = null; }, 1200); return; }
    if (e.key === '/') {
      const box = document.querySelector('[data-key="search"] input, input[data-key="search"]');
      if (box) { e.preventDefault(); box.focus(); box.select(); }
      return;
    }
    const onControl = e.target.closest?.('a, button, [role=tab]');
    if (e.key === 'Enter' && onControl) return;
    if (!['?', 'j', 'k', 'x', 'Enter', 'Escape', 'n', 'p'].includes(e.key)) return;
    if (e.key !== 'Escape') e.preventDefault();
    shell.invokeMethodAsync('Key', e.key);
  };
  document.addEventListener('visibilitychange', onVisibility);
  document.addEventListener('keydown', onKey);
  document.getElementById('boot')?.remove();
  const stopMeasuring = keepMeasuring(() => shell.invokeMethodAsync('ServerTime'));
  return {
    dispose() {
      stopTheme();
      stopMeasuring();
      document.removeEventListener('visibilitychange', onVisibility);
      document.removeEventListener('keydown', onKey);
    },
  };
}

export const preferences = () => ({ ...window.dashboardTheme.current(), utc: isUtc() });
export const keysOn = () => localStorage.getItem('keys') !== 'off';
export const chooseTheme = mode => window.dashboardTheme.choose(mode);
export const chooseUtc = on => useUtc(on);
export const chooseKeys = on => localStorage.setItem('keys', on ? 'on' : 'off');
// In cookies, so that the server draws a page in the view kept of it from the first.
export const remembered = name => document.cookie.split('; ').find(c => c.startsWith(name + '='))?.slice(name.length + 1) ?? null;
export const remember = (name, value) => { document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`; };

document.addEventListener('click', async e => {
  const button = e.target.closest?.('[data-copy]');
  if (!button) return;
  e.stopPropagation();
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), 1200);
});

// No link: one would lead to the address that all others are relative to.
document.addEventListener('click', e => e.target.closest?.('.skip') && document.getElementById('main').focus());

// A menu is done with when a link in it was followed.
document.addEventListener('click', e => e.target.closest?.('.pop-items a')?.closest('.pop-items').hidePopover());

// Clicks on the rows of a list, told by id: one listener for all of them. A row that is clicked before its list takes clicks is told when it does.
const lists = new WeakMap();
let early = null;

export function watchRows(host, list) {
  if (!host) return;
  lists.set(host, list);
  if (early?.host === host) list.invokeMethodAsync(...early.call);
  early = null;
}

// The rows that were checked before a reload. In parts: a message to the server has a longest length.
export async function checkRows(host, ids) {
  for (let i = 0; i < ids.length; i += 200) await lists.get(host).invokeMethodAsync('CheckRows', ids.slice(i, i + 200));
}
export const takesClicks = host => lists.has(host);

document.addEventListener('click', e => {
  const host = e.target.closest?.('.rows'), row = e.target.closest?.('tbody tr[data-index]'), id = row?.querySelector('.c-check input')?.value;
  if (!host || !id) return;
  const isBox = e.target.matches('.c-check input');
  if (!isBox && e.target.closest('.c-check, a, button')) return;
  const call = isBox ? ['CheckRow', id] : ['OpenRow', Number(row.dataset.index), id], list = lists.get(host);
  // A row may be refused: its box shows what holds, unless it has come to be another row's.
  if (list) list.invokeMethodAsync(...call).then(isChecked => { if (isBox && e.target.value === id) e.target.checked = isChecked; }, () => {});
  else early = { host, call };
});

// A cell that is cut off says its whole text when pointed at. A cell that changes is another element, so none keeps an old text.
document.addEventListener('mouseover', e => {
  const cell = e.target.closest?.('.rows td');
  if (cell && !cell.title && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent.trim();
});
