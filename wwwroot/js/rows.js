// The visible rows of a list of any length. The server renders them; this module reserves the space of the others and reports the visible range.
//
// Browsers limit the height of an element: Firefox to 17.9 million pixels, others to 33.5 million device pixels, which zoom and dense screens
// reduce. So a list is never higher than HIGHEST. A longer one is scrolled in parts: `shift` is how far its rows are above their position in the
// whole list. Wheel, touch and keys scroll by pixels and keep the shift; only a jump of the scrollbar changes the part. When scrolling ends, the
// scrollbar is moved to the position of the part, and nothing on screen moves.
const HIGHEST = 4_000_000;
// Near both ends a pixel of the scrollbar is a pixel of the list, so that the first and last rows are always reachable.
const ENDS = 20_000;
// Rows rendered beyond the screen, and how few may be left before more are requested.
const BEYOND = 8, FEW = 3;

const lists = new WeakMap();

// The list in an element, once it handles scrolling.
export const listIn = host => lists.get(host);

// Called by the server's component: `before` is its first row, the space above the rendered rows.
export function watch(before, drawer) {
  const host = before?.closest('.rows');
  if (!host) return {};
  const list = new List(host, before, drawer);
  lists.set(host, list);
  return list;
}

class List {
  rowHeight = 0; count = 0; shift = 0; byHand = false; asking = false; idle = 0; asked = '';
  constructor(host, before, drawer) {
    this.host = host; this.before = before; this.body = before.parentElement; this.drawer = drawer;
    this.at = host.scrollTop;
    host.addEventListener('scroll', () => this.scrolled(), { passive: true });
    host.addEventListener('scrollend', () => this.endIn(150));
    host.addEventListener('wheel', e => { if (e.deltaY && this.canGo(e.deltaY)) this.byTheHand(); }, { passive: true });
    host.addEventListener('touchmove', () => this.byTheHand(), { passive: true });
    host.addEventListener('pointerdown', e => { if (e.pointerType === 'mouse') this.byHand = false; });
    host.addEventListener('keydown', e => this.pressed(e));
    const drawn = new MutationObserver(() => this.drawn());
    drawn.observe(this.body, { childList: true });
    drawn.observe(before, { attributeFilter: ['data-first', 'data-count'] });
    new ResizeObserver(() => this.drawn()).observe(host);
    // Rows get another height with another density, of the person or of the view. The table's own size says less: each drawing changes it.
    const styled = new MutationObserver(() => this.drawn());
    for (const owner of [document.documentElement, host.closest('.list-main')?.querySelector('.view-tabs')])
      if (owner) styled.observe(owner, { attributeFilter: ['data-density'] });
    // Requests made while the connection was lost get no reply.
    document.addEventListener('circuit-back', () => { this.asking = false; this.asked = ''; this.ask(); });
    this.drawn();
  }

  get all() { return this.count * this.rowHeight; }
  // What is left out of a longer list is a multiple of four pixels, which Firefox keeps exactly.
  get made() { return this.all <= HIGHEST ? this.all : HIGHEST - 4 + this.all % 4; }
  get head() { return this.host.querySelector('thead')?.offsetHeight ?? 0; }
  // The lowest position of the scrollbar, and its position in the whole list.
  get end() { return Math.max(0, this.head + this.made - this.host.clientHeight); }
  get endOfAll() { return this.end + this.all - this.made; }
  get isPart() { return this.all > HIGHEST; }
  get top() { return this.host.scrollTop + this.shift; }

  // The row at the top of the screen, with the fraction that is scrolled away.
  get row() {
    // The caller may have handled a jump before this module did.
    this.follow();
    return this.rowHeight ? this.top / this.rowHeight : 0;
  }
  // The last row that can be at the top; -1 while unknown.
  get lastRow() { return this.rowHeight ? this.endOfAll / this.rowHeight : -1; }

  // Converts positions of the scrollbar to positions in the whole list, and back.
  placeOf(at) {
    const { end, endOfAll } = this, ends = Math.min(ENDS, end / 4);
    if (at <= ends || !this.isPart) return at;
    return at >= end - ends ? endOfAll - end + at : ends + (at - ends) * (endOfAll - 2 * ends) / (end - 2 * ends);
  }
  barOf(place) {
    const { end, endOfAll } = this, ends = Math.min(ENDS, end / 4);
    if (place <= ends || !this.isPart) return place;
    return place >= endOfAll - ends ? place - endOfAll + end : ends + (place - ends) * (end - 2 * ends) / (endOfAll - 2 * ends);
  }

  goTo(row) {
    const place = Math.max(0, Math.min(row * this.rowHeight, this.endOfAll));
    this.put(place, this.isPart ? Math.round(this.barOf(place)) : place);
  }
  // Scrolls as little as possible to make a row visible.
  show(index) {
    const top = index * this.rowHeight, room = this.host.clientHeight - this.head;
    if (top < this.top) this.goTo(index);
    else if (top + this.rowHeight > this.top + room) this.goTo((top + this.rowHeight - room) / this.rowHeight);
  }
  put(place, at) {
    this.shift = place - at;
    this.layOut();
    this.host.scrollTop = at;
    this.at = this.host.scrollTop;
    this.ask();
  }

  canGo(by) { return by < 0 ? this.host.scrollTop > 0 : this.host.scrollTop < this.end - 1; }

  pressed(e) {
    if (!this.isPart || e.ctrlKey || e.altKey || e.metaKey || e.target.matches('input:not([type=checkbox]), textarea, select')) return;
    if (e.key === 'Home' || e.key === 'End') {
      e.preventDefault();
      this.goTo(e.key === 'Home' ? 0 : this.lastRow);
    } else if (['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', ' '].includes(e.key) && this.canGo(/Up/.test(e.key) || e.shiftKey ? -1 : 1)) this.byTheHand();
  }

  follow() {
    const at = this.host.scrollTop, room = this.host.clientHeight, jumped = Math.abs(at - this.at) >= room && !this.byHand;
    if (at === this.at) return;
    this.at = at;
    if (!this.isPart) return;
    if (jumped) this.shift = this.placeOf(at) - at;
    else if ((at < room && this.shift > 0) || (at > this.end - room && this.shift < this.endOfAll - this.end)) this.settle();
    this.layOut();
  }
  scrolled() {
    this.follow();
    this.ask();
    clearTimeout(this.idle);
    if (!('onscrollend' in window)) this.endIn(300);
  }
  byTheHand() { this.byHand = true; clearTimeout(this.idle); }
  // Slightly after the end, so that continued scrolling is not interrupted.
  endIn(wait) {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.byHand = false;
      if (this.isPart) this.settle();
    }, wait);
  }
  // Moves the scrollbar to the position of the visible part.
  settle() {
    const place = this.top, at = Math.round(this.barOf(place));
    if (Math.abs(at - this.host.scrollTop) >= 1) this.put(place, at);
  }

  // After other rows, another number of rows or another row height were rendered: keeps the row at the top.
  drawn() {
    const { row, count, rowHeight, isPart } = this;
    this.count = Number(this.before.dataset.count);
    // Set the height before measuring: a list that is too low for a moment would lose its scroll position.
    this.layOut();
    this.rowHeight = this.body.querySelector(':scope > tr[data-index]')?.getBoundingClientRect().height || rowHeight;
    const isOther = this.rowHeight !== rowHeight;
    if (isOther) this.layOut();
    if (rowHeight && (isOther || (count !== this.count && (isPart || this.isPart)))) this.goTo(row);
    else this.ask();
  }
  layOut() {
    const drawn = (this.body.childElementCount - 2) * this.rowHeight, most = Math.max(0, this.made - drawn);
    const above = Math.max(0, Math.min(Number(this.before.dataset.first) * this.rowHeight - this.shift, most));
    this.before.style.height = `${above}px`;
    this.body.lastElementChild.style.height = `${most - above}px`;
  }

  ask() {
    if (!this.rowHeight || this.asking || !this.host.isConnected) return;
    const top = Math.floor(this.row), seen = Math.ceil((this.host.clientHeight - this.head) / this.rowHeight) + 1;
    const first = Number(this.before.dataset.first), last = first + this.body.childElementCount - 2;
    if (first <= Math.max(0, top - FEW) && last >= Math.min(this.count, top + seen + FEW)) return;
    // From an even row, for the same reason: the last row would end below the list.
    const rows = seen + 2 * BEYOND + 1, from = Math.max(0, Math.min(top - BEYOND, this.count - rows + 1)) & ~1, wanted = `${from} ${rows} ${this.count}`;
    // Request once only: a server that renders fewer rows is not asked repeatedly.
    if (wanted === this.asked) return;
    this.asked = wanted;
    this.asking = true;
    this.drawer.invokeMethodAsync('DrawRows', from, rows).finally(() => { this.asking = false; }).then(() => this.ask(), () => {});
  }
}
