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
  told.value = e.key;
  told.dispatchEvent(new Event('change', { bubbles: true }));
}, true);
