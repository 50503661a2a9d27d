// The data from the server: rows, lanes, words. Reads the compact arrays of TimelineUpdate.
import { isEnd, stateName } from './look.js';

export class Store {
  words = []; states = []; rows = 0; heads = new Map(); rowOf = new Map(); lanes = new Map(); marks = []; marksInRange = 0; overview = null; knownSince = null; gaps = [];

  word(i) { return this.words[i] ?? ''; }
  state(i) { return this.states[i] ?? ''; } // the word as the name of a look
  laneAt(row) { const head = this.heads.get(row); return head && head.key >= 0 ? this.lanes.get(head.key) : undefined; }

  apply(u) {
    for (const word of u.words ?? []) { this.words.push(word); this.states.push(stateName(word)); }
    if (u.rows != null) { this.rows = u.rows; this.heads.clear(); this.rowOf.clear(); }
    if (u.heads) {
      for (let i = 0; i < u.heads.length; i += 4) {
        const key = u.heads[i + 1];
        this.heads.set(u.heads[i], { key, name: this.word(u.heads[i + 2]), count: u.heads[i + 3] });
        if (key >= 0) this.rowOf.set(key, u.heads[i]);
      }
    }
    for (const { row, folded, states } of u.groups ?? []) {
      const head = this.heads.get(row);
      if (!head) continue;
      head.folded = folded; head.states = [];
      for (let i = 0; i < states.length; i += 2) head.states.push({ word: this.word(states[i]), look: this.state(states[i]), count: states[i + 1] });
    }
    for (const lane of u.lanes ?? []) this.lanes.set(lane.key, read(this, lane));
    for (const patch of u.patches ?? []) { const lane = this.lanes.get(patch.key); if (lane) merge(this, lane, patch); }
    for (const key of u.drop ?? []) this.lanes.delete(key);
    if (u.marks) { this.marks = marks(this, u.marks.marks); this.marksInRange = u.marks.inRange; }
    if (u.overview) this.overview = u.overview;
    if (u.knownSince != null) this.knownSince = u.knownSince;
    if (u.gaps) this.gaps = u.gaps;
  }
}

const read = (store, wire) => {
  const lane = { key: wire.key, from: wire.from, to: wire.to, left: wire.left, tracks: wire.tracks, link: wire.link ?? [], bars: [], byId: new Map() };
  for (const bar of bars(store, wire)) { lane.bars.push(bar); lane.byId.set(bar.id, bar); }
  return lane;
};

function merge(store, lane, wire) {
  lane.tracks = wire.tracks; lane.left = wire.left;
  if (wire.link) lane.link = wire.link;
  for (const bar of bars(store, wire)) {
    const held = lane.byId.get(bar.id);
    if (held) {
      const moved = held.from !== bar.from; // its oldest states were given up
      Object.assign(held, bar);
      if (moved) lane.bars.sort((a, b) => a.from - b.from);
      continue;
    }
    let at = lane.bars.length;
    while (at > 0 && lane.bars[at - 1].from > bar.from) at--;
    lane.bars.splice(at, 0, bar);
    lane.byId.set(bar.id, bar);
  }
}

function* bars(store, wire) {
  const n = wire.bars;
  for (let i = 0, at = 0; at < n.length; i += 2) {
    const count = n[at + 5], states = new Array(count), starts = new Array(count);
    for (let s = 0; s < count; s++) { states[s] = n[at + 6 + 2 * s]; starts[s] = n[at + 7 + 2 * s]; }
    const end = n[at + 6 + 2 * count], ended = isEnd(store.word(states[count - 1]));
    yield {
      id: wire.ids[i], prev: wire.ids[i + 1], job: n[at], version: n[at + 1], deployment: n[at + 2], track: n[at + 3], dim: n[at + 4] === 1,
      states, starts, from: starts[0], end, // -1: none
      ended, lives: ended ? starts[count - 1] : end, // until when it lived; -1: it lives
    };
    at += 7 + 2 * count;
  }
}

function marks(store, n) {
  const all = [];
  for (let i = 0; i < n.length; i += 6)
    all.push({ operation: (n[i] & 1) !== 0, bad: (n[i] & 2) !== 0, from: n[i + 1], to: n[i + 2], name: store.word(n[i + 3]), state: store.word(n[i + 4]), href: store.word(n[i + 5]) });
  return all.sort((a, b) => a.from - b.from);
}
