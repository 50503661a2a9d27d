// The appearance of states on a canvas: the page's colours, and a pattern for each, so that colour is never the only difference.
const KNOWN = ['pending', 'starting', 'validating', 'running', 'degraded', 'completed', 'failed', 'lost', 'stopping', 'stopped'];
const ENDS = new Set(['completed', 'failed', 'lost', 'stopped', '']);
const same = { complete: 'completed', run: 'running', stop: 'stopped' };

export const stateName = word => { const w = word.toLowerCase(); return KNOWN.includes(w) ? w : same[w] ?? (word === '' ? '' : 'other'); };
export const isEnd = word => ENDS.has(stateName(word));
export const stateIcon = word => stateName(word) || 'close';

// Icons of the icon sheet, for a canvas of 16 by 16.
const MARKS = {
  completed: 'm3 8.6 3.3 3.3L13 5', failed: 'm3.8 3.8 8.4 8.4m0-8.4-8.4 8.4', lost: 'M5.4 5.8a2.6 2.6 0 1 1 3.9 2.3c-.9.5-1.3 1-1.3 2M8 12.6v.4',
  stopped: 'M4 4h8v8h-8Z', '': 'M4 8h8',
};

export function readLook(host) {
  const css = getComputedStyle(host), v = name => css.getPropertyValue(name).trim() || '#888';
  const look = {
    text: v('--tl-text'), quiet: v('--tl-quiet'), line: v('--tl-line'), ground: v('--tl-ground'), band: v('--tl-band'), head: v('--sunken'), chosen: v('--chosen'), hover: v('--hover'),
    focus: v('--focus'), warn: v('--st-degraded'), bad: v('--st-failed'), lost: v('--st-lost'), ok: v('--st-running'), silent: v('--tl-silent'), gone: v('--tl-gone'), unknown: v('--tl-unknown'),
    font: css.fontFamily, styles: new Map(), paths: {},
  };
  for (const name in MARKS) look.paths[name] = new Path2D(MARKS[name]);
  for (const name of [...KNOWN, 'other']) look.styles.set(name, style(name, v(`--st-${name}`), look.ground));
  look.styles.set('', style('', look.quiet, look.ground));
  look.hatch = tile(8, g => stroke(g, look.silent, 2, [[-2, 10, 10, -2], [-2, 2, 2, -2], [6, 10, 10, 6]]));
  look.crosses = tile(10, g => stroke(g, look.gone, 1.6, [[2, 2, 6, 6], [6, 2, 2, 6]]));
  look.before = tile(8, g => stroke(g, look.unknown, 1.2, [[-2, -2, 10, 10], [-2, 6, 2, 10], [6, -2, 10, 2]]));
  return look;
}

function tile(size, draw) {
  const scaleUp = 2, c = new OffscreenCanvas(size * scaleUp, size * scaleUp), g = c.getContext('2d');
  g.scale(scaleUp, scaleUp);
  draw(g);
  const pattern = g.createPattern(c, 'repeat');
  pattern.setTransform(new DOMMatrix().scale(1 / scaleUp));
  return pattern;
}

function stroke(g, colour, width, lines) {
  g.strokeStyle = colour;
  g.lineWidth = width;
  g.beginPath();
  for (const [a, b, c, d] of lines) { g.moveTo(a, b); g.lineTo(c, d); }
  g.stroke();
}

// Blends a colour over a background; other formats than #rrggbb are returned unchanged.
function mixed(colour, ground, alpha) {
  if (!/^#[0-9a-f]{6}$/i.test(colour) || !/^#[0-9a-f]{6}$/i.test(ground)) return colour;
  const at = i => Math.round(parseInt(colour.slice(i, i + 2), 16) * alpha + parseInt(ground.slice(i, i + 2), 16) * (1 - alpha)).toString(16).padStart(2, '0');
  return `#${at(1)}${at(3)}${at(5)}`;
}

function style(name, colour, ground) {
  const filled = (alpha, lines, width = 1.4) => tile(8, g => {
    g.fillStyle = ground; g.fillRect(0, 0, 8, 8);
    g.globalAlpha = alpha; g.fillStyle = colour; g.fillRect(0, 0, 8, 8);
    g.globalAlpha = 0.85;
    if (lines) stroke(g, ground, width, lines);
  });
  const up = [[-2, 10, 10, -2], [-2, 2, 2, -2], [6, 10, 10, 6]];
  const across = [...up, [-2, -2, 10, 10], [-2, 6, 2, 10], [6, -2, 10, 2]];
  const plain = { running: 0.85, starting: 0.85, validating: 0.8, degraded: 0.9, failed: 1, lost: 0.9, stopping: 0.7 }[name] ?? 0.5, solid = mixed(colour, ground, plain);
  const fill = {
    running: solid, starting: filled(0.85, [[2, -1, 6, 4], [6, 4, 2, 9]], 1.2), validating: filled(0.8, [[4, 0, 4, 8]], 1.4), degraded: filled(0.95, up, 1.8), failed: filled(1, across, 1.1),
    lost: filled(0.9, [[0, 4, 3, 4], [4, 0, 7, 0]], 2), stopping: filled(0.7, [[0, 4, 8, 4]], 1.6), other: filled(0.55, [[0, 0, 4, 0], [4, 4, 8, 4]], 2),
  }[name] ?? solid;
  return { name, colour, fill, solid, hollow: name === 'pending' || name === 'other', patterned: !['running', 'completed', 'pending', 'other'].includes(name) };
}

const LINK = { connected: 'connected', disconnected: 'disconnected', lost: 'lost' };
export const linkName = word => LINK[word.toLowerCase()] ?? (word === '' ? 'gone' : 'other');
