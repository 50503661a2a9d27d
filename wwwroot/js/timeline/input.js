// Pointer, wheel and keys on the lanes.
import { goToMoment } from '../links.js';
import { openMarks } from './marks.js';
import { point, walkLane, walkBar, enter } from './walk.js';

export function listen(t, scroll, canvas, card) {
  const pointers = new Map();
  let drag = null, pinch = null;
  const between = () => { const [[ax, ay], [bx, by]] = pointers.values(); return [(ax + bx) / 2, Math.max(8, Math.hypot(ax - bx, ay - by))]; };
  const local = e => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };

  scroll.addEventListener('wheel', e => {
    const [x, y] = local(e), time = e.ctrlKey || e.metaKey || e.altKey || (!t.embedded && (y < t.axisH || !t.scrolls())); // within a page the wheel is the page's
    if (e.shiftKey || (!time && Math.abs(e.deltaX) > Math.abs(e.deltaY))) { e.preventDefault(); t.pan((e.deltaX || e.deltaY) / (t.s.x1 - t.s.x0) * (t.t1 - t.t0)); return; }
    if (!time && t.stretch > 1) { e.preventDefault(); t.top += e.deltaY * (e.deltaMode === 1 ? 20 : 1); return; }
    if (!time) return; // the lanes scroll by themselves
    e.preventDefault();
    t.zoom(Math.exp(e.deltaY * (e.ctrlKey ? 0.006 : 0.0016)), t.pointed(x));
  }, { passive: false });

  scroll.addEventListener('pointerdown', e => {
    const [x, y] = local(e);
    if (e.button !== 0 || x > canvas.clientWidth || e.target.closest('button')) return;
    pointers.set(e.pointerId, [x, y]);
    if (pointers.size > 1) { drag = null; if (pointers.size === 2) { const [x, gap] = between(); pinch = { gap, span: t.t1 - t.t0, mid: t.s.t(x) }; card.hidden = true; } return; }
    drag = { x, y, lastX: x, lastY: y, moved: false, brush: e.shiftKey ? x : null, touch: e.pointerType !== 'mouse' };
  });
  scroll.addEventListener('pointermove', e => {
    const [x, y] = local(e);
    if (pointers.has(e.pointerId)) pointers.set(e.pointerId, [x, y]);
    if (pinch) {
      // The time between the fingers stays between them.
      const [at, gap] = between(), span = pinch.span * pinch.gap / gap, share = (at - t.s.x0) / (t.s.x1 - t.s.x0);
      t.range(pinch.mid - span * share, pinch.mid + span * (1 - share), 0);
      return;
    }
    if (!drag) { hover(e, x, y); return; }
    if (!drag.moved && Math.hypot(x - drag.x, y - drag.y) < 4) return;
    if (!drag.moved) { drag.moved = true; card.hidden = true; try { scroll.setPointerCapture(e.pointerId); } catch { /* the pointer is gone already */ } }
    if (drag.brush != null) { t.brush = [drag.brush, x]; t.draw(); return; }
    scroll.classList.add('grabbed');
    t.pan(-(x - drag.lastX) / (t.s.x1 - t.s.x0) * (t.t1 - t.t0));
    if (!drag.touch) t.top -= y - drag.lastY;
    drag.lastX = x; drag.lastY = y;
  });
  const up = e => {
    pointers.delete(e.pointerId);
    if (pinch && pointers.size < 2) {
      pinch = null;
      // The remaining finger continues the drag.
      for (const [x, y] of pointers.values()) drag = { x, y, lastX: x, lastY: y, moved: true, brush: null, touch: true };
      return;
    }
    scroll.classList.remove('grabbed');
    if (!drag) return;
    const d = drag;
    drag = null;
    if (t.brush) {
      const [a, b] = t.brush.map(x => t.s.t(Math.max(t.s.x0, Math.min(t.s.x1, x)))).sort((p, q) => p - q);
      t.brush = null;
      t.range(a, b);
    } else if (!d.moved && e.type === 'pointerup') {
      const hit = t.hit(d.x, d.y);
      if (hit?.marks) openMarks(t, hit.marks);
      // The axis is a place to stand.
      else if (d.y < t.axisH && d.x >= t.s.x0 && t.s.t(d.x) < t.now()) goToMoment(t.s.t(d.x));
      else if (hit?.row >= 0) { point(t, hit.row, hit.bar ?? null, false); if (hit.bar) t.open(hit.bar.id); else t.foldGroup(hit.row); }
    }
  };
  scroll.addEventListener('pointerup', up);
  scroll.addEventListener('pointercancel', up);
  // Prevents the browser from scrolling with two fingers, which would end the touch events.
  scroll.addEventListener('touchmove', e => { if (e.touches.length > 1 && e.cancelable) e.preventDefault(); }, { passive: false });
  scroll.addEventListener('pointerleave', () => { if (drag) return; t.hover = null; t.pointAt(t.cursor.bar); card.hidden = true; t.draw(); });

  function hover(e, x, y) {
    const hit = e.target.closest('button') ? null : t.hit(x, y), before = t.hover;
    t.hover = hit;
    t.pointAt(hit?.bar ?? t.cursor.bar);
    scroll.style.cursor = (y < t.axisH && x >= t.s.x0 && !e.target.closest('button') && t.s.t(x) < t.now()) || hit?.bar || hit?.marks || t.store.heads.get(hit?.row)?.key === -1 ? 'pointer' : '';
    t.card(e.pointerType === 'mouse' ? hit : null, x, y);
    if (before?.bar !== hit?.bar || before?.row !== hit?.row || before?.marks !== hit?.marks) t.draw();
  }

  scroll.addEventListener('keydown', e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target !== scroll) return;
    const step = (t.t1 - t.t0) * 0.12, middle = t.follows ? t.t1 : t.cursor.bar && inside(t.cursor.bar.from) ? t.cursor.bar.from : (t.t0 + t.t1) / 2;
    const act = {
      ArrowDown: () => walkLane(t, 1), ArrowUp: () => walkLane(t, -1),
      ArrowRight: () => e.shiftKey ? t.pan(step) : walkBar(t, 1), ArrowLeft: () => e.shiftKey ? t.pan(-step) : walkBar(t, -1),
      Home: () => walkBar(t, -1e9), End: () => t.follow(true),
      '+': () => t.zoom(0.7, middle), '=': () => t.zoom(0.7, middle), '-': () => t.zoom(1 / 0.7, middle), '_': () => t.zoom(1 / 0.7, middle),
      Enter: () => enter(t), ' ': () => enter(t),
      Escape: () => t.cursor.row < 0 ? false : point(t, -1, null, false),
    }[e.key];
    if (!act || act() === false) return;
    e.preventDefault();
    e.stopPropagation();
  });
  const inside = at => at > t.t0 && at < t.t1;
  scroll.addEventListener('focus', () => t.draw());
  scroll.addEventListener('blur', () => { card.hidden = true; t.draw(); });
}
