// What a log needs of the browser: the end kept in sight while it is followed, and word when the reader scrolls back.
export function start(host, view) {
  let told = false;
  const atEnd = () => host.scrollHeight - host.scrollTop - host.clientHeight < 8;
  const back = () => { if (!told) { told = true; view.invokeMethodAsync('ScrolledBack'); } };
  const onWheel = e => { if (e.deltaY < 0 && host.scrollTop > 0) back(); };
  const onKey = e => { if (['ArrowUp', 'PageUp', 'Home'].includes(e.key) && host.scrollTop > 0) back(); };
  // A finger or the scroll bar: what counts is where it ends up.
  const onDrag = () => requestAnimationFrame(() => { if (!atEnd()) back(); });
  let held = false;
  const onDown = e => { held = e.target === host; };
  const onUp = () => { held = false; };
  const onScroll = () => { if (held) onDrag(); };
  host.addEventListener('wheel', onWheel, { passive: true });
  host.addEventListener('keydown', onKey);
  host.addEventListener('touchmove', onDrag, { passive: true });
  host.addEventListener('pointerdown', onDown);
  document.addEventListener('pointerup', onUp);
  host.addEventListener('scroll', onScroll, { passive: true });
  return {
    toEnd() {
      told = false;
      host.scrollTop = host.scrollHeight;
      // Rows that are drawn after the jump make it longer.
      requestAnimationFrame(() => { if (!told) host.scrollTop = host.scrollHeight; });
    },
    dispose() { document.removeEventListener('pointerup', onUp); },
  };
}
