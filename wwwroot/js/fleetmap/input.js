// Pointer, wheel and keys of the map. A click opens, a drag chooses, with Shift or the middle button it moves; a finger taps for the card first.
export function listen(a) {
  const { m } = a, host = m.host;
  let down = null, tapped = -1;
  const spot = e => { const box = a.base.getBoundingClientRect(), s = a.scale(); return { x: (e.clientX - box.left) * s, y: (e.clientY - box.top) * s }; };

  function move(e) {
    const p = spot(e);
    if (down?.pan) {
      m.x = down.x0 - (p.x - down.at.x);
      m.y = down.y0 - (p.y - down.at.y);
      a.clamp();
      a.redraw();
      return;
    }
    if (down && e.pointerType !== 'touch' && (down.dragged || Math.hypot(p.x - down.at.x, p.y - down.at.y) > 5 * a.scale())) {
      down.dragged = true;
      m.chosen = { left: Math.min(down.at.x, p.x), top: Math.min(down.at.y, p.y), right: Math.max(down.at.x, p.x), bottom: Math.max(down.at.y, p.y) };
      a.describe(-1);
      a.schedule();
      return;
    }
    if (down || e.pointerType === 'touch') return;
    const cell = a.at(p.x, p.y);
    if (cell === m.hover) return;
    m.hover = cell;
    host.style.cursor = cell >= 0 ? 'pointer' : 'crosshair';
    a.describe(cell);
    a.schedule();
  }

  function press(e) {
    if (e.button > 1) return;
    const at = spot(e);
    down = { at, pan: e.button === 1 || e.shiftKey, x0: m.x, y0: m.y, dragged: false };
    if (e.pointerType !== 'touch') host.setPointerCapture(e.pointerId);
    if (e.button === 1) e.preventDefault();
  }

  function release(e) {
    const was = down, p = spot(e);
    down = null;
    if (!was || was.pan) return;
    if (was.dragged) {
      const c = m.chosen;
      m.chosen = null;
      a.schedule();
      if (c) a.choose(c.left, c.top, c.right, c.bottom);
      return;
    }
    const cell = a.at(p.x, p.y);
    if (e.pointerType === 'touch' && cell !== tapped) {
      tapped = m.hover = cell;
      a.describe(cell);
      a.schedule();
    } else if (cell >= 0) a.open(cell);
  }

  function leave() {
    if (down) return;
    m.hover = -1;
    a.describe(-1);
    a.schedule();
  }

  function cancel() { down = null; m.chosen = null; leave(); }

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
    else if (e.key === 'Escape' && (m.cursor >= 0 || m.chosen)) { m.cursor = -1; m.chosen = null; a.describe(-1); a.schedule(); }
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  function blur() { m.cursor = -1; a.describe(-1); a.schedule(); }

  const all = [['pointermove', move], ['pointerdown', press], ['pointerup', release], ['pointerleave', leave], ['pointercancel', cancel], ['keydown', key], ['blur', blur]];
  for (const [name, on] of all) host.addEventListener(name, on);
  host.addEventListener('wheel', wheel, { passive: false });
  return () => {
    for (const [name, on] of all) host.removeEventListener(name, on);
    host.removeEventListener('wheel', wheel);
  };
}
