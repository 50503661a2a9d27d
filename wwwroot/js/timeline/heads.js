// Headings of groups: a triangle for folded or open, the name, the number of lanes, and the states of the nodes.
const many = n => `${n.toLocaleString('en')} ${n === 1 ? 'lane' : 'lanes'}`;
const standing = ({ count, word }) => `${count.toLocaleString('en')} ${word}`;
const NAME = '600 13px', REST = '12px', GAP = 14;

export function paintHead(t, head, row, y) {
  const { g, look } = t, middle = y + t.rowH / 2;
  g.fillStyle = row === t.cursor.row ? look.chosen : row === t.hover?.row ? look.hover : look.head;
  g.fillRect(0, y, t.W, t.rowH);
  g.fillStyle = look.line; g.fillRect(0, y + t.rowH - 1, t.W, 1);
  triangle(g, look.quiet, 14, middle, head.folded);
  const count = many(head.count), counted = t.width(count, REST), room = Math.min(Math.max(60, t.W * 0.4), t.W - 44 - counted);
  t.text(head.name, 26, middle, room, look.text, NAME, true);
  let x = 26 + Math.min(room, t.width(head.name, NAME)) + 10;
  t.text(count, x, middle, counted + 2, look.quiet, REST);
  x += counted + GAP + 4;
  for (const state of head.states ?? []) {
    // Without room for words, the numbers remain; the card has the words.
    const words = standing(state), short = state.count.toLocaleString('en'), text = x + 17 + t.width(words, REST) < t.W - 12 ? words : short, style = look.styles.get(state.look);
    if (x + 17 + t.width(text, REST) > t.W - 12) { t.text('…', x, middle, 14, look.quiet, REST); return; }
    g.save(); g.translate(Math.round(x), Math.round(middle) - 6);
    if (style.hollow) { g.strokeStyle = style.colour; g.lineWidth = 1.2; g.strokeRect(0.6, 0.6, 10.8, 10.8); } else { g.fillStyle = style.fill; g.fillRect(0, 0, 12, 12); }
    g.restore();
    t.text(text, x + 17, middle, t.W, look.text, REST);
    x += 17 + t.width(text, REST) + GAP;
  }
}

function triangle(g, colour, x, y, folded) {
  g.fillStyle = colour;
  g.beginPath();
  if (folded) { g.moveTo(x - 3, y - 5); g.lineTo(x + 4, y); g.lineTo(x - 3, y + 5); } else { g.moveTo(x - 5, y - 3); g.lineTo(x + 5, y - 3); g.lineTo(x, y + 4); }
  g.fill();
}

export const spokenHead = head => [`Group ${head.name}`, many(head.count), head.folded ? 'folded' : 'unfolded', ...(head.states ?? []).map(standing)].join(', ');
