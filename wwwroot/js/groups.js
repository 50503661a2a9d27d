// Keys of grouped lists, which are trees: the table has the focus and names the line at the cursor, the server moves it.
const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'];

document.addEventListener('keydown', e => {
  const tree = e.target.closest?.('[role=treegrid]'), told = tree?.parentElement.querySelector('[data-tree]');
  if (!told || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey || e.target.closest('thead, select, input:not([type=checkbox])')) return;
  // Enter on a link or button within a line is the link's own.
  if (!keys.includes(e.key) && !(e.key === 'Enter' && e.target === tree)) return;
  e.preventDefault();
  e.stopPropagation();
  tree.focus({ preventScroll: true });
  const link = e.key === 'Enter' && tree.querySelector('tr.cursor a.row-link');
  if (link) { link.click(); return; }
  told.value = e.key;
  told.dispatchEvent(new Event('change', { bubbles: true }));
}, true);

// Long lists scroll by themselves.
new MutationObserver(changes => {
  for (const { target } of changes) if (target.matches('[role=treegrid]') && !target.closest('.rows')) document.getElementById(target.getAttribute('aria-activedescendant'))?.scrollIntoView({ block: 'nearest' });
}).observe(document, { subtree: true, attributeFilter: ['aria-activedescendant'] });
