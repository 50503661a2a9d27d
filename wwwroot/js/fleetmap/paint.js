// Draws cells as pixels: each code has a small image, made once, which is copied for each cell. No canvas call per cell.
export const DIM = 32, SILENT = 64;

const parse = document.createElement('canvas').getContext('2d');

// A canvas context returns any valid colour as #rrggbb or rgba(r, g, b, a); invalid ones become grey.
export function rgb(css) {
  parse.fillStyle = '#888888';
  parse.fillStyle = css || '#888888';
  const said = parse.fillStyle;
  if (said[0] === '#') return [1, 3, 5].map(i => parseInt(said.slice(i, i + 2), 16));
  return said.match(/[\d.]+/g).slice(0, 3).map(Number);
}

const mix = (a, b, t) => [0, 1, 2].map(i => Math.round(a[i] * (1 - t) + b[i] * t));
const pack = c => (255 << 24 | c[2] << 16 | c[1] << 8 | c[0]) >>> 0;

// The image of a code for a cell size: a square with a gap, hollow when silent, with a mark in large cells.
export function tile(code, pitch, color, ground, mark) {
  const gap = pitch >= 12 ? 2 : pitch >= 4 ? 1 : 0, size = pitch - gap, t = new Uint32Array(pitch * pitch).fill(pack(ground));
  const dim = (code & DIM) !== 0, silent = (code & SILENT) !== 0;
  const face = dim ? mix(color, ground, 0.82) : color, full = pack(face), hollow = pack(mix(face, ground, size < 4 ? 0.45 : 0.82)), sign = pack(mix(ground, face, dim ? 0.3 : 0));
  const rim = size >= 10 ? 2 : 1;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const edge = x < rim || y < rim || x >= size - rim || y >= size - rim;
      t[y * pitch + x] = silent && !(edge && size >= 4) ? hollow : full;
    }
  if (size < 6 || !mark) return t;
  const inner = silent ? full : sign, pad = Math.max(2, Math.round(size * 0.25)), wide = size >= 12 ? 1 : 0, middle = size >> 1;
  for (let y = pad; y < size - pad; y++)
    for (let x = pad; x < size - pad; x++) {
      const on = mark === 'cross' ? Math.abs(x - y) <= wide || Math.abs(x + y - size + 1) <= wide
        : mark === 'dot' ? (x - (size - 1) / 2) ** 2 + (y - (size - 1) / 2) ** 2 <= (size * 0.17) ** 2 + 0.3
        : Math.abs(y - middle) <= wide;
      if (on) t[y * pitch + x] = inner;
    }
  return t;
}

// Copies a cell's image to a position, clipped to the target.
export function stamp(pixels, width, height, t, pitch, x, y) {
  const x0 = Math.max(0, -x), x1 = Math.min(pitch, width - x), y0 = Math.max(0, -y), y1 = Math.min(pitch, height - y);
  for (let r = y0; r < y1; r++) {
    let to = (y + r) * width + x + x0, from = r * pitch + x0;
    for (let c = x0; c < x1; c++) pixels[to++] = t[from++];
  }
}
