// Browser part of the page frame: theme, visibility, keys, clipboard, small preferences.
import './groups.js';
import { withMoment } from './links.js';
import { keepMeasuring, serverNow } from './server-clock.js';
import { showZone } from './time.js';
import { date, zoneName, zoneOf } from './zone.js';

export const typing = e => e.target instanceof HTMLElement && (e.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName));
let chord = null;
export const chordIsOpen = () => chord !== null;

// keys: the single keys that pages handle; search: the one that goes to the search box of the page.
export function start(shell, keys, search) {
  const stopTheme = window.dashboardTheme.onChange((mode, dark, isPrint) => isPrint || shell.invokeMethodAsync('ThemeChanged', mode));
  // On a phone the selected states come first, so scroll to them.
  const onChoice = e => { const strip = e.target.closest?.('.state-strip'); if (strip && strip.scrollWidth > strip.clientWidth) requestAnimationFrame(() => strip.scrollTo({ left: 0 })); };
  const onVisibility = () => shell.invokeMethodAsync('VisibilityChanged', !document.hidden);
  const onKey = e => {
    if (e.ctrlKey || e.altKey || e.metaKey || !keysOn()) return;
    if (document.querySelector('dialog[open], .mud-dialog')) return;
    if (typing(e)) { if (e.key === 'Escape') e.target.blur(); return; }
    if (chord === 'g') { chord = null; e.preventDefault(); shell.invokeMethodAsync('Key', 'g ' + e.key); return; }
    if (e.key === 'g') { chord = 'g'; setTimeout(() => { chord = null; }, 1200); return; }
    if (e.key === search) {
      const box = document.querySelector('[data-key="search"] input, input[data-key="search"]');
      if (box) { e.preventDefault(); box.focus(); box.select(); }
      return;
    }
    const onControl = e.target.closest?.('a, button, [role=tab]');
    if (e.key === 'Enter' && onControl) return;
    if (!keys.includes(e.key)) return;
    if (e.key !== 'Escape') e.preventDefault();
    shell.invokeMethodAsync('Key', e.key);
  };
  document.addEventListener('visibilitychange', onVisibility);
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', onChoice);
  document.getElementById('boot')?.remove();
  const stopMeasuring = keepMeasuring(() => shell.invokeMethodAsync('ServerTime'));
  return {
    dispose() {
      stopTheme();
      stopMeasuring();
      document.removeEventListener('visibilitychange', onVisibility);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('click', onChoice);
    },
  };
}

// Preferences are attributes of the document, from its first paint on: see theme.js.
const set = document.documentElement.dataset;
export const shownTheme = () => window.dashboardTheme.current().mode;
export const keysOn = () => set.keys !== 'off';
export { zoneOf };
export function showPreferences(values, theme) {
  Object.assign(set, values);
  showZone(values.zone);
  if (theme && theme !== shownTheme()) window.dashboardTheme.choose(theme);
  // For the next document that is written before the server has heard of the person.
  localStorage.setItem('preferences', JSON.stringify(values));
}

// The zones that this browser knows, in a list of the form, and the time in the page's zone.
export function offerZones(form) {
  const list = form?.querySelector('datalist'), now = form?.querySelector('[data-zone-now]');
  if (list && !list.childElementCount) list.append(...Intl.supportedValuesOf('timeZone').map(zone => new Option(zone, zone)));
  if (now) now.textContent = `${date(serverNow())} ${zoneName()}`;
}
export const remembered = name => localStorage.getItem(name);
export const remember = (name, value) => localStorage.setItem(name, value);
export const forget = name => localStorage.removeItem(name);

// The button outside of the undo bar that was pressed last: the keyboard returns to it.
let pressed = null;
export const lastPressed = () => pressed;
document.addEventListener('click', e => { const button = e.target.closest?.('button'); if (button && !button.closest('.undo-bars')) pressed = button; }, true);

document.addEventListener('click', async e => {
  const button = e.target.closest?.('[data-copy]');
  if (!button) return;
  e.stopPropagation();
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), 1200);
});

// The field of a dialog that opened, unless another of its fields has the keyboard already.
export function enterDialog(id) {
  const field = document.getElementById(id), at = document.activeElement;
  if (field && !(at?.matches('input, textarea, select') && field.closest('.mud-dialog')?.contains(at))) field.focus();
}

// A click beside a command's dialog leaves what is typed in it, and the keyboard. The component library takes the keyboard a round trip later, from whoever types on by then.
const beside = e => e.target.closest?.('.mud-overlay-dialog')?.parentElement.querySelector(':scope > .stop-dialog');
addEventListener('mousedown', e => beside(e) && e.preventDefault(), true);
addEventListener('click', e => beside(e) && e.stopPropagation(), true);

// A button, because a link would go to the base address.
document.addEventListener('click', e => e.target.closest?.('.skip') && document.getElementById('main').focus());

// Close a menu after a link in it was followed.
document.addEventListener('click', e => e.target.closest?.('.pop-items a')?.closest('.pop-items').hidePopover());

// One listener for clicks on the rows of all lists. A click before its list is ready is handled when it is.
const lists = new WeakMap();
let early = null;

export function watchRows(host, list) {
  if (!host) return;
  lists.set(host, list);
  if (early?.host === host) list.invokeMethodAsync(...early.call);
  early = null;
}

// The rows selected before a reload, in parts, because messages to the server are limited.
export async function checkRows(host, ids) {
  for (let i = 0; i < ids.length; i += 200) await lists.get(host).invokeMethodAsync('CheckRows', ids.slice(i, i + 200));
}
export const takesClicks = host => lists.has(host);

// A row is a link as a whole: the middle button, Ctrl and Cmd open it in a new tab.
const own = 'a:not(.row-link), button, input, select, label';
const rowOf = e => {
  const row = e.target.closest?.('tbody tr'), link = row?.querySelector('a.row-link'), id = row?.querySelector('.c-check input')?.value;
  const plain = link?.href ?? (id && new URL('executions/' + encodeURIComponent(id), document.baseURI).href), href = plain && withMoment(plain);
  return href ? { row, id, href, host: row.closest('.rows') } : null;
};
const opensTab = e => e.button === 1 || (e.button === 0 && (e.ctrlKey || e.metaKey));

function openTab(e) {
  const found = opensTab(e) && !e.target.closest?.('a, button, input, select, label') && rowOf(e);
  if (found) window.open(found.href, '_blank', 'noopener');
  return found;
}
document.addEventListener('auxclick', openTab);
// The middle button must not scroll the list, nor Shift select its text.
document.addEventListener('mousedown', e => { if ((e.button === 1 || e.shiftKey) && !e.target.closest?.(own) && rowOf(e)) e.preventDefault(); });

document.addEventListener('click', e => {
  // The whole cell is the box's.
  const box = e.target.closest?.('tbody .c-check')?.querySelector('input');
  if (!box && opensTab(e)) { openTab(e); return; }
  const found = rowOf(e);
  if (!found) return;
  const { row, id, host } = found;
  if (!box && e.target.closest(own + ', .c-check')) return;
  if (!host || !id) {
    if (!e.target.closest('a') && !e.shiftKey) row.querySelector('a.row-link').click();
    return;
  }
  // Open the row beside the list instead of following the link.
  if (!box) e.preventDefault();
  const index = Number(row.dataset.index), checks = box || e.shiftKey, list = lists.get(host);
  const call = !checks ? ['OpenRow', index, id] : ['CheckRow', index, id, e.shiftKey];
  // A selection may be refused: the box shows the actual state, unless it belongs to another row by now.
  if (list) list.invokeMethodAsync(...call).then(isChecked => { if (box?.value === id) box.checked = isChecked; }, () => {});
  else early = { host, call };
}, true);

// Drawing the right edge of a column's head gives the column another width; the menu of columns does the same for keys.
const EDGE = 6;
const edgeAt = e => { const head = e.target.closest?.('th[data-column]'); return head && head.getBoundingClientRect().right - e.clientX <= EDGE ? head : null; };
document.addEventListener('pointermove', e => { if (!e.buttons) document.querySelector('.rows thead, .by-column thead')?.classList.toggle('at-edge', edgeAt(e) !== null); });
document.addEventListener('pointerdown', e => {
  const head = e.button === 0 ? edgeAt(e) : null;
  if (!head) return;
  e.preventDefault();
  const from = e.clientX, width = head.offsetWidth, stop = new AbortController();
  let now = width;
  addEventListener('pointermove', m => { now = Math.max(40, Math.round(width + m.clientX - from)); for (const size of ['width', 'minWidth', 'maxWidth']) head.style[size] = `${now}px`; }, { signal: stop.signal });
  addEventListener('pointerup', () => {
    stop.abort();
    const told = head.closest('.rows, .by-column').querySelector('[data-widths]');
    if (now === width || !told) return;
    told.value = `${head.dataset.column} ${now}`;
    told.dispatchEvent(new Event('change', { bubbles: true }));
  }, { signal: stop.signal });
  // What is under the pointer afterwards is not clicked.
  addEventListener('click', c => { if (c.target.closest?.('thead')) { c.preventDefault(); c.stopImmediatePropagation(); } }, { capture: true, once: true });
}, true);

// A cell that is cut off gets its whole text as tooltip. A changed cell is another element, so no tooltip becomes outdated.
document.addEventListener('mouseover', e => {
  const cell = e.target.closest?.('.rows td');
  if (cell && !cell.title && cell.scrollWidth > cell.clientWidth) cell.title = cell.textContent.trim();
});
