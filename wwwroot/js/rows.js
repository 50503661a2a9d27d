// The rows on screen of a list of any length. The server draws them; the room of the others, and what is on screen, is settled here.
//
// No browser lays out an element of any height: Firefox makes 17.9 million pixels, the others 33.5 million device pixels, which zoom and dense screens
// use up. So a list is never made higher than HIGHEST. One that would be is scrolled in part: `shift` is how far its rows are above where the whole
// list would have them. Wheel, fingers and keys scroll by pixels as in any list, and the shift stays; only a jump by the scrollbar goes to a part of the
// list. When the scrolling has ended, the scrollbar is put where that part is, and nothing on screen moves.
const HIGHEST = 4_000_000;
// At both ends a pixel of the scrollbar is a pixel of the list, so that the first and the last row are reached by any way of scrolling.
const ENDS = 20_000;
// Rows drawn beyond the screen, and how few of them may be left before others are asked for.
const BEYOND = 8, FEW = 3;

const lists = new WeakMap();

// The list in an element, once it follows the scrolling.
export const listIn = host => lists.get(host);

// Called by the server's component: `before` is its first row, the room above the rows that are drawn.
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
    // What was asked for while the connection was gone has no answer.
    document.addEventListener('circuit-back', () => { this.asking = false; this.asked = ''; this.ask(); });
    this.drawn();
  }

  get all() { return this.count * this.rowHeight; }
  get made() { return Math.min(this.all, HIGHEST); }
  get head() { return this.host.querySelector('thead')?.offsetHeight ?? 0; }
  // The lowest place of the scrollbar, and how far down the whole list that is.
  get end() { return Math.max(0, this.head + this.made - this.host.clientHeight); }
  get endOfAll() { return this.end + this.all - this.made; }
  get isPart() { return this.all > HIGHEST; }
  get top() { return this.host.scrollTop + this.shift; }

  // The row at the top of the screen, with the part of it that is scrolled away.
  get row() {
    // Who asks may have heard of a jump first.
    this.follow();
    return this.rowHeight ? this.top / this.rowHeight : 0;
  }
  // The last row that can be at the top; -1 while nothing is known of the list.
  get lastRow() { return this.rowHeight ? this.endOfAll / this.rowHeight : -1; }

  // From a place of the scrollbar to one in the whole list, and back.
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
  // Has the row on screen with as little scrolling as that takes.
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
  // A little later than the end: who goes on scrolling at once is not held up.
  endIn(wait) {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      this.byHand = false;
      if (this.isPart) this.settle();
    }, wait);
  }
  // Puts the scrollbar where the part of the list is that is on screen.
  settle() {
    const place = this.top, at = Math.round(this.barOf(place));
    if (Math.abs(at - this.host.scrollTop) >= 1) this.put(place, at);
  }

  // The server has drawn other rows, or there is another number of them, or they have another height: the row at the top stays there.
  drawn() {
    const { row, count, rowHeight, isPart } = this;
    this.count = Number(this.before.dataset.count);
    // Made as high as it is before anything is measured: a list that is lower for a moment is scrolled up for good.
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
    const rows = seen + 2 * BEYOND, from = Math.max(0, Math.min(top - BEYOND, this.count - rows)), wanted = `${from} ${rows} ${this.count}`;
    // Told once: a server that draws fewer is not asked for them again and again.
    if (wanted === this.asked) return;
    this.asked = wanted;
    this.asking = true;
    this.drawer.invokeMethodAsync('DrawRows', from, rows).finally(() => { this.asking = false; }).then(() => this.ask(), () => {});
  }
}
