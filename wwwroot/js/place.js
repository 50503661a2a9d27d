// Where a person was on the page, kept over a reload that they did not ask for: what is scrolled, and the rows that are checked. The address has the rest.
import { listIn } from './rows.js';
import { checkRows, takesClicks } from './shell.js';

const KEY = 'place', LONGEST_WAIT = 60_000;

const nameOf = e => e === document.scrollingElement ? ':root' : e.id ? '#' + CSS.escape(e.id) : [e.localName, ...e.classList].map(n => CSS.escape(n)).join('.');

export function keep() {
  const scrolled = [...document.querySelectorAll('*')].filter(e => e.scrollTop > 0 || e.scrollLeft > 0).map(e => {
    const name = nameOf(e);
    // In a list it is the row that counts: the window may be another, and where a very long one is scrolled to says little.
    return { name, at: [...document.querySelectorAll(name)].indexOf(e), row: listIn(e)?.row, top: e.scrollTop, left: e.scrollLeft };
  });
  const ids = document.querySelector('.bulk-bar[data-ids]')?.dataset.ids.split(' ') ?? [];
  sessionStorage.setItem(KEY, JSON.stringify({ href: location.href, scrolled, ids }));
}

// What is scrolled comes bit by bit: each place is taken as soon as there is room for it, and none once the person moves by themselves.
function restore({ scrolled, ids }) {
  const waiting = new Set(scrolled);
  let done = false;
  const stop = () => {
    done = true;
    watch.disconnect();
    for (const type of ['wheel', 'pointerdown', 'keydown']) removeEventListener(type, stop, true);
  };
  const step = () => {
    if (done || document.getElementById('boot') || !document.querySelector('.freshness.live')) return;
    for (const place of waiting) {
      const e = document.querySelectorAll(place.name)[place.at];
      const list = e && listIn(e);
      if (!e || (place.row === undefined ? e.scrollHeight - e.clientHeight < place.top : !(list?.lastRow >= place.row))) continue;
      e.scrollTo({ top: place.row === undefined ? place.top : e.scrollTop, left: place.left, behavior: 'instant' });
      if (place.row !== undefined) list.goTo(place.row);
      waiting.delete(place);
    }
    const host = document.querySelector('.rows');
    if (ids.length && host && takesClicks(host)) checkRows(host, ids.splice(0));
    if (!waiting.size && !ids.length) stop();
  };
  const watch = new MutationObserver(step);
  watch.observe(document.body, { childList: true, subtree: true });
  for (const type of ['wheel', 'pointerdown', 'keydown']) addEventListener(type, stop, true);
  setTimeout(stop, LONGEST_WAIT);
  step();
}

const kept = JSON.parse(sessionStorage.getItem(KEY));
sessionStorage.removeItem(KEY);
if (kept?.href === location.href) restore(kept);
