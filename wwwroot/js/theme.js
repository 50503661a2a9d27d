// Runs before the first paint: puts the chosen or the system's scheme on the page and into the cookie that the server reads.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const mode = () => (/(?:^|; )theme=(light|dark|system)/.exec(document.cookie) ?? [])[1] ?? 'system';
  const listeners = new Set();

  function apply(chosen) {
    const dark = chosen === 'dark' || (chosen === 'system' && system.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.cookie = `theme=${chosen}.${dark ? 'dark' : 'light'}; path=/; max-age=31536000; samesite=lax`;
    for (const tell of listeners) tell(chosen, dark);
    return dark;
  }

  apply(mode());
  system.addEventListener('change', () => apply(mode()));
  window.dashboardTheme = {
    choose: apply,
    current: () => ({ mode: mode(), dark: document.documentElement.dataset.theme === 'dark' }),
    onChange: tell => { listeners.add(tell); return () => listeners.delete(tell); },
  };
})();

window.tabTitle = text => { document.title = (document.documentElement.hasAttribute('data-demo') ? 'DEMO – ' : '') + text; };
