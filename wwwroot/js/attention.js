// What reaches somebody who looks elsewhere: the number of problems in the tab's title, and notifications of the browser for who asked for them.
// Nothing is asked of the browser before a click on "Allow notifications"; which severities are wanted is kept in this browser.
const KEPT = 'notifications', MOST = 3;

const isThere = () => 'Notification' in window && isSecureContext;
const wanted = () => (localStorage.getItem(KEPT) ?? 'critical').split(' ').filter(Boolean);

const settings = () => ({ permission: isThere() ? Notification.permission : 'unsupported', severities: wanted() });
let menu = null;

// What this browser allows and keeps, for the menu that shows it and is told of what becomes of the question.
export function settingsFor(shown) { menu = shown; return settings(); }
export const choose = severities => localStorage.setItem(KEPT, severities.join(' '));

// The question needs the click itself: no browser takes it from a script that answers a message of the server.
document.addEventListener('click', async e => {
  if (!e.target.closest?.('[data-ask-notifications]')) return;
  if (isThere()) await Notification.requestPermission();
  await menu?.invokeMethodAsync('Take', settings()).catch(() => {});
});

export function tell(count, news) {
  window.tabBadge(count);
  if (!news.length || !isThere() || Notification.permission !== 'granted') return;
  // Who looks at the page sees it there.
  if (!document.hidden && document.hasFocus()) return;
  const severities = wanted(), said = news.filter(n => severities.includes(n.severity));
  if (said.length > MOST) show(`${said.length} problems opened`, said.slice(0, MOST).map(n => n.title).join(', ') + '…', 'attention', 'attention');
  else for (const n of said) show(`${n.title} (${n.severity})`, n.summary, n.id, n.address);
}

function show(title, body, tag, address) {
  try {
    // Of several tabs that say the same, the tag leaves one.
    const shown = new Notification(title, { body, tag, icon: new URL('favicon.svg', document.baseURI).href });
    shown.onclick = () => { window.focus(); shown.close(); window.Blazor.navigateTo(new URL(address, document.baseURI).href); };
  } catch {
    // A browser of a phone shows none without a service worker; the title still counts.
  }
}
