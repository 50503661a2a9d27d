// Keys of the suggestions of a filter box: arrows choose, Enter and Tab take, Escape closes. The server says what is suggested.
export function watch(host, box) {
  const input = host.querySelector('input');
  const list = host.querySelector('[role=listbox]');
  const options = () => [...list.querySelectorAll('[role=option]')];
  let active = -1;

  // The page may be left meanwhile.
  const call = (...what) => box.invokeMethodAsync(...what).catch(() => {});

  const choose = at => {
    active = at;
    options().forEach((o, i) => { o.setAttribute('aria-selected', i === at ? 'true' : 'false'); if (i === at) o.scrollIntoView({ block: 'nearest' }); });
    const option = options()[at];
    option ? input.setAttribute('aria-activedescendant', option.id) : input.removeAttribute('aria-activedescendant');
  };
  const isOpen = () => !list.hidden && input.getAttribute('aria-expanded') === 'true';
  const take = option => {
    input.value = input.value.slice(0, Number(option.dataset.start)) + option.dataset.insert;
    choose(-1);
    input.setSelectionRange(input.value.length, input.value.length);
    input.scrollLeft = input.scrollWidth;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const onKey = e => {
    if (e.isComposing) return;
    const count = isOpen() ? options().length : 0;
    if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && !e.altKey && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      if (count === 0) { if (e.key === 'ArrowDown') call('Suggest', true); return; }
      choose(e.key === 'ArrowDown' ? (active + 1) % count : (active <= 0 ? count : active) - 1);
    } else if ((e.key === 'Enter' || e.key === 'Tab') && count > 0 && active >= 0) {
      e.preventDefault();
      take(options()[active]);
    } else if (e.key === 'Enter') {
      e.preventDefault();
      call('Complete');
    } else if (e.key === 'Escape' && count > 0) {
      // The first Escape closes the list; the next one leaves the box.
      e.preventDefault();
      e.stopPropagation();
      choose(-1);
      call('Suggest', false);
    }
  };
  const onInput = () => choose(-1);
  const onBlur = () => { choose(-1); call('Complete'); };
  // The box keeps the focus.
  const onDown = e => { const option = e.target.closest?.('[role=option]'); if (!option) return; e.preventDefault(); take(option); };
  // The menu of filters writes a term into the box: its values are suggested there.
  const bar = host.closest('.filters');
  const onMenu = e => {
    const begun = e.target.closest?.('[data-begin]');
    if (!begun) return;
    begun.closest('[popover]')?.hidePopover();
    input.focus();
    input.value = input.value.trimEnd() + (input.value.trim() ? ' ' : '') + begun.dataset.begin;
    input.setSelectionRange(input.value.length, input.value.length);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  };
  bar?.addEventListener('click', onMenu);
  input.addEventListener('keydown', onKey);
  input.addEventListener('input', onInput);
  input.addEventListener('blur', onBlur);
  list.addEventListener('mousedown', onDown);
  host.dataset.ready = '';
  return {
    dispose() {
      bar?.removeEventListener('click', onMenu);
      input.removeEventListener('keydown', onKey);
      input.removeEventListener('input', onInput);
      input.removeEventListener('blur', onBlur);
      list.removeEventListener('mousedown', onDown);
    },
  };
}
