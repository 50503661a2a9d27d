// Pointer, wheel and keys of the map. Click opens, drag draws a lasso, Shift or the middle button moves. A tap shows the card first;
// a finger moves a map that is larger than its window, and two fingers zoom.
const NEAR = 3, MOST_POINTS = 2000;

export function listen(a) {
  const { m } = a, host = m.host, fingers = new Map();
  let down = null, tapped = -1, pinch = null;
  const spot = e => { const box = a.base.getBoundingClientRect(), s = a.scale(); return { x: (e.clientX - box.left) * s, y: (e.clientY - box.top) * s }; };
  const between = () => { const [p, q] = fingers.values(); return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2, gap: Math.max(8, Math.hypot(p.x - q.x, p.y - q.y)) }; };

  function move(e) {
    const p = spot(e);
    if (fingers.has(e.pointerId)) fingers.set(e.pointerId, p);
    if (pinch) { const now = between(); a.zoomTo(pinch.pitch * now.gap / pinch.gap, pinch.held, now); return; }
    if (down) { drag(e, p); return; }
    if (e.pointerType === 'touch') return;
    const cell = a.at(p.x, p.y);
    if (cell === m.hover) return;
    m.hover = cell;
    host.style.cursor = cell >= 0 ? 'pointer' : 'crosshair';
    a.describe(cell);
    a.schedule();
  }

  function drag(e, p) {
    if (!down.moved && Math.hypot(p.x - down.at.x, p.y - down.at.y) <= 5 * a.scale()) return;
    if (!down.moved) { down.moved = true; m.hover = -1; a.describe(-1); }
    if (down.pan) {
      m.x = down.x0 - (p.x - down.at.x);
      m.y = down.y0 - (p.y - down.at.y);
      a.clamp();
      a.redraw();
    } else if (e.pointerType !== 'touch') {
      m.lasso ??= [down.at.x, down.at.y];
      // Cells outside of the map are not visible.
      extend(m.lasso, Math.max(0, Math.min(a.base.width, p.x)), Math.max(0, Math.min(a.base.height, p.y)));
      a.schedule();
    }
  }

  // The last point follows the pointer, and is kept when it is far enough from the previous one. A line with too many points loses every second one.
  function extend(path, x, y) {
    const n = path.length;
    if (n >= 4 && Math.hypot(path[n - 2] - path[n - 4], path[n - 1] - path[n - 3]) < NEAR * a.scale()) path.length -= 2;
    path.push(x, y);
    if (path.length > 2 * MOST_POINTS) m.lasso = path.filter((_, i) => i % 4 < 2);
  }

  function press(e) {
    if (e.button > 1) return; // the right button asks for actions: see palette.js
    const at = spot(e), touch = e.pointerType === 'touch';
    if (touch) fingers.set(e.pointerId, at);
    if (fingers.size > 1) {
      down = null;
      if (fingers.size === 2) { const now = between(); pinch = { pitch: m.pitch, gap: now.gap, held: a.hold(now) }; m.hover = -1; a.describe(-1); }
      return;
    }
    down = { at, pan: e.button === 1 || e.shiftKey || (touch && a.isMovable()), x0: m.x, y0: m.y, moved: false };
    if (!touch) host.setPointerCapture(e.pointerId);
    if (e.button === 1) e.preventDefault();
  }

  function lift(e) {
    fingers.delete(e.pointerId);
    if (!pinch || fingers.size > 1) return false;
    pinch = null;
    // The remaining finger continues from its position.
    for (const at of fingers.values()) down = { at, pan: a.isMovable(), x0: m.x, y0: m.y, moved: true };
    return true;
  }

  function release(e) {
    if (lift(e)) return;
    const was = down, p = spot(e);
    down = null;
    if (!was) return;
    if (was.moved) {
      const path = m.lasso;
      m.lasso = null;
      if (!path) return;
      a.describe(-1);
      a.schedule();
      a.choose(path);
      return;
    }
    if (was.pan && e.pointerType !== 'touch') return;
    const cell = a.at(p.x, p.y);
    if (e.pointerType === 'touch' && cell !== tapped) {
      tapped = m.hover = cell;
      a.describe(cell);
      a.schedule();
    } else if (cell >= 0) a.open(cell);
  }

  // Lifting a finger is a leave event too; its card stays.
  function leave(e) {
    if (down || e.pointerType === 'touch') return;
    m.hover = -1;
    a.describe(-1);
    a.schedule();
  }

  function cancel(e) {
    if (lift(e)) return;
    down = m.lasso = null;
    leave(e);
    a.schedule();
  }

  // Prevents the browser's own gesture, which would end the touch events.
  function touchmove(e) { if (e.touches.length > 1 && e.cancelable) e.preventDefault(); }

  function wheel(e) {
    e.preventDefault();
    if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) {
      m.x += (e.deltaX || e.deltaY) * a.scale();
      a.clamp();
      a.redraw();
    } else a.zoom(e.deltaY < 0 ? 1 : -1, spot(e));
  }

  const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  function key(e) {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const step = steps[e.key];
    if (step) a.walk(...step);
    else if (e.key === 'Home') { m.cursor = -1; a.walk(0, 0); }
    else if (e.key === 'End') { m.cursor = m.codes.length - 1; a.walk(0, 0); }
    else if (e.key === 'Enter' && m.cursor >= 0) a.open(m.cursor);
    else if (e.key === '+' || e.key === '=') a.zoom(1);
    else if (e.key === '-') a.zoom(-1);
    else if (e.key === '0') a.zoom(0);
    else if (e.key === 'Escape' && (m.cursor >= 0 || m.lasso)) { m.cursor = -1; down = m.lasso = null; a.describe(-1); a.schedule(); }
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  function blur() { m.cursor = -1; a.describe(-1); a.schedule(); }

  const all = [['pointermove', move], ['pointerdown', press], ['pointerup', release], ['pointerleave', leave], ['pointercancel', cancel], ['keydown', key], ['blur', blur]];
  for (const [name, on] of all) host.addEventListener(name, on);
  host.addEventListener('wheel', wheel, { passive: false });
  host.addEventListener('touchmove', touchmove, { passive: false });
  return () => {
    for (const [name, on] of all) host.removeEventListener(name, on);
    host.removeEventListener('wheel', wheel);
    host.removeEventListener('touchmove', touchmove);
  };
}
