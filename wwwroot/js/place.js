// Stores the scroll position for each entry of the browser's history, and restores it after back, forward and reload. After a reload that the
// user did not request, selected rows too. Everything else is in the address.
import { listIn } from './rows.js';
import { checkRows, takesClicks } from './shell.js';

const PLACES = 'places', CHECKED = 'checked', LONGEST_WAIT = 60_000, HOLD = 3_000, MOST = 50;
// Without logs, which follow their end.
const SCROLLERS = [':root', '.rows', '.panel', '.lanes-scroll', '.lane-table'];
const ACTS = ['wheel', 'pointerdown', 'touchmove', 'keydown'];

const step = () => window.navigation?.currentEntry?.key ?? location.href;
const places = new Map(JSON.parse(sessionStorage.getItem(PLACES) ?? '[]'));
let returning = null;

addEventListener('scroll', e => {
  const at = e.target === document ? document.documentElement : e.target, name = SCROLLERS.find(s => at.matches(s));
  if (!name) return;
  if (returning) { returning.take(); return; }
  const here = places.get(step()) ?? {};
  // For a list, the row counts: the window may have another size, and the scroll position of a very long list means little.
  here[name] = { row: listIn(at)?.row, top: at.scrollTop, left: at.scrollLeft, list: at.dataset.list };
  places.delete(step());
  places.set(step(), here);
  if (places.size > MOST) places.delete(places.keys().next().value);
}, { capture: true, passive: true });

// Another list starts at its top, unless the user comes back to it.
new MutationObserver(changes => {
  for (const { target } of changes) {
    const name = SCROLLERS.find(s => target.matches(s));
    if (returning?.has(name)) continue;
    delete places.get(step())?.[name];
    if (listIn(target)) listIn(target).goTo(0);
    else target.scrollTop = 0;
  }
}).observe(document.documentElement, { subtree: true, attributeFilter: ['data-list'] });

export function keep() {
  const ids = document.querySelector('.bulk-bar[data-ids]')?.dataset.ids.split(' ') ?? [];
  sessionStorage.setItem(CHECKED, JSON.stringify({ href: location.href, ids }));
}
addEventListener('pagehide', () => sessionStorage.setItem(PLACES, JSON.stringify([...places])));

// Restores positions one by one, as soon as their list exists and is long enough, and holds them while the page renders. Stops when the
// user scrolls.
function comeBack(scrolled, ids = []) {
  returning?.stop();
  if (!Object.keys(scrolled).length && !ids.length) return;
  let holding = null;
  const stop = () => {
    returning = null;
    clearTimeout(holding);
    clearTimeout(waiting);
    watch.disconnect();
    for (const type of [...ACTS, 'focusin']) removeEventListener(type, type === 'focusin' ? take : stop, true);
  };
  const isThere = (name, { row, top, left, list: of }) => {
    const e = document.querySelector(name), list = e && listIn(e);
    if (!e || e.dataset.list !== of || (row === undefined ? e.scrollHeight - e.clientHeight < top - 1 : !(list?.lastRow >= row - 0.1))) return false;
    const isOff = row === undefined ? Math.abs(e.scrollTop - top) > 1 : Math.abs(list.row - row) * list.rowHeight > 1;
    if (isOff || Math.abs(e.scrollLeft - left) > 1) e.scrollTo({ top: row === undefined ? top : e.scrollTop, left, behavior: 'instant' });
    if (isOff && row !== undefined) list.goTo(row);
    return true;
  };
  const take = () => {
    if (document.getElementById('boot')) return;
    const host = document.querySelector('.rows');
    if (ids.length && host && takesClicks(host) && document.querySelector('.freshness.live')) checkRows(host, ids.splice(0));
    const found = Object.entries(scrolled).filter(([name, place]) => isThere(name, place));
    if (found.length === Object.keys(scrolled).length && !ids.length) holding ??= setTimeout(stop, HOLD);
  };
  const watch = new MutationObserver(take), waiting = setTimeout(stop, LONGEST_WAIT);
  watch.observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ['data-list'] });
  for (const type of ACTS) addEventListener(type, stop, true);
  addEventListener('focusin', take, true);
  returning = { take, stop, has: name => name in scrolled };
  take();
}

const moved = isBack => { if (isBack) comeBack(places.get(step()) ?? {}); else returning?.stop(); };
if (window.navigation) navigation.addEventListener('currententrychange', e => e.navigationType && e.navigationType !== 'replace' && moved(e.navigationType === 'traverse'));
else addEventListener('popstate', () => moved(true));
history.scrollRestoration = 'manual';

const checked = JSON.parse(sessionStorage.getItem(CHECKED));
sessionStorage.removeItem(CHECKED);
comeBack(places.get(step()) ?? {}, checked?.href === location.href ? checked.ids : []);
