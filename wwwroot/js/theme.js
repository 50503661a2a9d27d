// Runs before the first paint: applies the chosen or the system's scheme, and stores it in the cookie that the server reads.
(() => {
  const set = document.documentElement.dataset;
  // The document has the person's preferences, unless the server does not know them yet: then they are as this browser showed them last.
  if (!set.known) {
    let last = null;
    try { last = JSON.parse(localStorage.getItem('preferences')); } catch { /* written by another version */ }
    for (const name of ['zone', 'density', 'keys', 'motion']) if (typeof last?.[name] === 'string') set[name] = last[name];
  }
  const system = matchMedia('(prefers-color-scheme: dark)');
  const mode = () => set.mode ?? (/(?:^|; )theme=(light|dark|system)/.exec(document.cookie) ?? [])[1] ?? 'system';
  const paper = matchMedia('print');
  const listeners = new Set();
  // Only for this dashboard if several share a host, and only over TLS if the page uses TLS.
  const cookie = `path=${new URL(document.baseURI).pathname}; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  const isDark = chosen => chosen === 'dark' || (chosen === 'system' && system.matches);
  const wear = dark => { document.documentElement.dataset.theme = dark ? 'dark' : 'light'; };

  function apply(chosen) {
    const dark = isDark(set.mode = chosen);
    wear(dark && !paper.matches);
    document.cookie = `theme=${chosen}.${dark ? 'dark' : 'light'}; ${cookie}`;
    for (const tell of listeners) tell(chosen, dark);
    return dark;
  }

  apply(mode());
  system.addEventListener('change', () => apply(mode()));

  // Printed pages use the server's clock, like everything else; this computer's only before it is known.
  let now = Date.now;
  import('./server-clock.js').then(clock => { now = clock.serverNow; }).catch(() => {});

  // Printed pages are light. Canvases must redraw at once, because there is no frame before printing.
  function print(on) {
    const note = document.getElementById('printed');
    if (on && note) note.textContent = `${location.href} · printed ${new Date(now()).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' })}`;
    if (!isDark(mode())) return;
    wear(!on);
    for (const tell of listeners) tell(mode(), !on, true);
  }
  paper.addEventListener('change', () => print(paper.matches));
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  window.dashboardTheme = {
    choose: apply,
    current: () => ({ mode: mode(), dark: document.documentElement.dataset.theme === 'dark' }),
    onChange: tell => { listeners.add(tell); return () => listeners.delete(tell); },
  };
})();

// The title of the tab, with the number of problems in front.
(() => {
  let text = '', count = 0;
  const name = () => { if (text) document.title = (count > 0 ? `(${count}) ` : '') + (document.documentElement.hasAttribute('data-demo') ? 'DEMO – ' : '') + text; };
  window.tabTitle = said => { text = said; name(); };
  window.tabBadge = number => { count = number; name(); };
})();
