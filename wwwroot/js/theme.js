// Runs before the first paint: puts the chosen or the system's scheme on the page and into the cookie that the server reads.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const mode = () => (/(?:^|; )theme=(light|dark|system)/.exec(document.cookie) ?? [])[1] ?? 'system';
  const paper = matchMedia('print');
  const listeners = new Set();
  // Of this dashboard alone where several share a host, and over TLS for TLS alone.
  const cookie = `path=${new URL(document.baseURI).pathname}; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  const isDark = chosen => chosen === 'dark' || (chosen === 'system' && system.matches);
  const wear = dark => { document.documentElement.dataset.theme = dark ? 'dark' : 'light'; };

  function apply(chosen) {
    const dark = isDark(chosen);
    wear(dark && !paper.matches);
    document.cookie = `theme=${chosen}.${dark ? 'dark' : 'light'}; ${cookie}`;
    for (const tell of listeners) tell(chosen, dark);
    return dark;
  }

  apply(mode());
  system.addEventListener('change', () => apply(mode()));

  // What is on paper is dated by the server's clock, as all else on the page; by this computer's only where a page never got that far.
  let now = Date.now;
  import('./server-clock.js').then(clock => { now = clock.serverNow; }).catch(() => {});

  // Paper is light. What draws by itself has to do it at once: no frame comes before the sheet is made.
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

// The tab's name, with the number of problems before it.
(() => {
  let text = '', count = 0;
  const name = () => { if (text) document.title = (count > 0 ? `(${count}) ` : '') + (document.documentElement.hasAttribute('data-demo') ? 'DEMO – ' : '') + text; };
  window.tabTitle = said => { text = said; name(); };
  window.tabBadge = number => { count = number; name(); };
})();
