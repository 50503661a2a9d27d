// Shortens a name by what it shares with its neighbours, first at its start, then at its end, so that the difference stays visible.
const SEPARATOR = /[-._:/ ]/;
const MOST = 4000, cuts = new Map();

// The part of a name that differs from both neighbours, in whole words: [start, end).
export function differing(name, before, after) {
  let start = name.length, tail = name.length;
  for (const other of [before, after]) {
    if (other == null || other === name) continue;
    const most = Math.min(name.length, other.length);
    let a = 0, b = 0;
    while (a < most && name[a] === other[a]) a++;
    while (b < most - a && name[name.length - 1 - b] === other[other.length - 1 - b]) b++;
    start = Math.min(start, a); tail = Math.min(tail, b);
  }
  if (start === name.length) return [0, name.length];
  while (start > 0 && !SEPARATOR.test(name[start - 1])) start--;
  while (tail > 0 && !SEPARATOR.test(name[name.length - tail])) tail--;
  return [start, name.length - tail];
}

export function cutName(t, name, before, after, room, font) {
  if (t.width(name, font) <= room) return name;
  const key = `${room} ${name}\n${before}\n${after}`, known = cuts.get(key);
  if (known !== undefined) return known;
  const [start, end] = differing(name, before, after), fits = text => t.width(text, font) <= room;
  // As much of the start as fits; else as much of the end.
  let text = null;
  for (let n = start - 1; n >= 0 && text === null; n--) { const cut = name.slice(0, n) + '…' + name.slice(start); if (fits(cut)) text = cut; }
  for (let n = name.length - end - 1; n >= 0 && text === null; n--) { const cut = (start > 0 ? '…' : '') + name.slice(start, end) + '…' + name.slice(name.length - n); if (fits(cut)) text = cut; }
  // The differing part is too long: cut its middle.
  text ??= (start > 0 ? '…' : '') + name.slice(start, end) + (end < name.length ? '…' : '');
  if (cuts.size >= MOST) cuts.clear();
  cuts.set(key, text);
  return text;
}
