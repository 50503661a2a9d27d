// Made-up lanes that are drawn once before the first answer has come: a browser reads code and looks up fonts when they are used first, and nobody waits for anything else then.
import { Store } from './store.js';

const WORDS = ['pending', 'starting', 'running', 'degraded', 'completed', 'failed', 'stopped', 'connected', 'lost', 'a job with a name', 'edge-of-a-site-0000'];
const LANES = 8, TRACKS = 2;

export function rehearsal(from, to) {
  const store = new Store(), heads = [], lanes = [], at = share => from + (to - from) * share;
  for (let lane = 0; lane < LANES; lane++) {
    const ids = [], bars = [];
    for (let i = 0; i < 4; i++) {
      const begin = i / 4, states = [0, at(begin), 1, at(begin + 0.02), lane % 3 === 0 ? 3 : 2, at(begin + 0.04)];
      if (i < 3) states.push(4 + (lane + i) % 3, at(begin + 0.2));
      ids.push(`${lane} ${i}`, i > 0 ? `${lane} ${i - 1}` : '');
      bars.push(9, 1, -1, i % TRACKS, 0, states.length / 2, ...states, -1);
    }
    heads.push(lane, lane, 10, 0);
    lanes.push({ key: lane, from, to: -1, left: lane % 2, tracks: TRACKS, link: [7 + lane % 2, from], ids, bars });
  }
  store.apply({ words: WORDS, rows: LANES, heads, lanes });
  return store;
}
