// Browser part of the log view: scrolls to the end while following, reports scrolling back, moves over lines with keys, saves lines as a file.
export function start(host, view) {
  let told = false;
  const atEnd = () => host.scrollHeight - host.scrollTop - host.clientHeight < 8;
  const back = () => { if (!told) { told = true; view.invokeMethodAsync('ScrolledBack'); } };
  const onWheel = e => { if (e.deltaY < 0 && host.scrollTop > 0) back(); };
  // Without focusable lines the browser's own keys scroll.
  const step = by => {
    const lines = [...host.querySelectorAll('.log-line[role=button]')];
    const at = lines.indexOf(document.activeElement);
    const next = at < 0 ? lines.at(-1) : lines[Math.min(lines.length - 1, Math.max(0, at + by))];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  // The page uses these keys for other things.
  const mine = e => { e.preventDefault(); e.stopPropagation(); };
  const onKey = e => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const isLine = document.activeElement !== host;
    if (e.key === 'ArrowUp' || e.key === 'ArrowDown') { if (e.key === 'ArrowUp') back(); step(e.key === 'ArrowUp' ? -1 : 1); mine(e); }
    else if (['PageUp', 'Home'].includes(e.key) && host.scrollTop > 0) back();
    else if (e.key === 'Enter' || (e.key === ' ' && isLine)) { if (isLine) document.activeElement.click(); else step(0); mine(e); }
    else if (e.key === 'Escape' && isLine) { host.parentElement.querySelector('[data-close]')?.click(); mine(e); }
  };
  // Touch or scrollbar: check the position afterwards.
  const onDrag = () => requestAnimationFrame(() => { if (!atEnd()) back(); });
  let held = false;
  const onDown = e => { held = e.target === host; };
  const onUp = () => { held = false; };
  const onScroll = () => { if (held) onDrag(); };
  host.addEventListener('wheel', onWheel, { passive: true });
  host.addEventListener('keydown', onKey);
  host.dataset.keys = 'on';
  host.addEventListener('touchmove', onDrag, { passive: true });
  host.addEventListener('pointerdown', onDown);
  document.addEventListener('pointerup', onUp);
  host.addEventListener('scroll', onScroll, { passive: true });
  // With the lines that came, before they are painted: nothing is seen to jump, and nothing waits for the server.
  const drawn = new MutationObserver(() => { if (host.dataset.follow && !told) host.scrollTop = host.scrollHeight; });
  drawn.observe(host, { childList: true, subtree: true });
  return {
    toEnd() {
      told = false;
      host.scrollTop = host.scrollHeight;
      // Rows rendered after the jump make the list longer.
      requestAnimationFrame(() => { if (!told) host.scrollTop = host.scrollHeight; });
    },
    dispose() { drawn.disconnect(); document.removeEventListener('pointerup', onUp); },
  };
}

// The page saves its own content, without another request.
export async function save(name, stream) {
  const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: 'text/plain;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
