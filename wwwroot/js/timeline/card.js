// Describes what is under the pointer or cursor: the card beside it, and the text for screen readers. Text only, never markup.
import { elapsed, span } from '../spans.js';
import { clock, date, day } from '../zone.js';
import { stateIcon, stateName, linkName } from './look.js';
import { kindOf } from './marks.js';
import { spokenHead } from './heads.js';

// Most marks of a box that its card lists.
const MOST = 6;
const SVG = 'http://www.w3.org/2000/svg';
const element = (name, className, text) => {
  const e = document.createElement(name);
  if (className) e.className = className;
  if (text != null) e.textContent = text;
  return e;
};
const when = (t, ms) => day(ms) === day(t.now()) ? clock(ms) : date(ms);

function chip(word) {
  const name = stateName(word), e = element('span', `state st-${name || 'other'}`), svg = document.createElementNS(SVG, 'svg'), use = document.createElementNS(SVG, 'use');
  svg.setAttribute('class', 'icon'); svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#i-${stateIcon(word)}`);
  svg.append(use);
  e.append(svg, element('span', '', word || 'gone'));
  return e;
}

const title = (t, bar) => `${t.store.word(bar.job)} v${bar.version}`;

export function showCard(t, card, hover, x, y) {
  card.replaceChildren();
  if (hover?.marks) (hover.marks.length > 1 ? marksCard : markCard)(t, card, hover.marks);
  else if (hover?.bar) barCard(t, card, hover);
  else if (t.store.heads.get(hover?.row)?.key >= 0) laneCard(t, card, hover);
  else if (t.store.heads.has(hover?.row)) headCard(card, t.store.heads.get(hover.row));
  if (!card.childElementCount) { card.hidden = true; return; }
  card.hidden = false;
  const w = card.offsetWidth, h = card.offsetHeight, { clientWidth: W, clientHeight: H } = card.parentElement;
  card.style.left = `${Math.max(4, x + 16 + w > W ? x - w - 12 : x + 16)}px`;
  card.style.top = `${Math.max(4, Math.min(y + 14, H - h - 4))}px`;
}

function barCard(t, card, { bar, row }) {
  card.append(element('strong', '', title(t, bar)), element('code', '', bar.id));
  const from = Math.max(0, bar.states.length - 6), list = element('dl', 'lane-states');
  if (from > 0) card.append(element('span', 'quiet', `${from} earlier ${from === 1 ? 'state' : 'states'}`));
  for (let i = from; i < bar.states.length; i++) {
    const until = i + 1 < bar.states.length ? bar.starts[i + 1] : bar.end < 0 ? t.now() : bar.end, dt = element('dt'), dd = element('dd', '', `${when(t, bar.starts[i])}, ${span(until - bar.starts[i])}`);
    dt.append(chip(t.store.word(bar.states[i])));
    list.append(dt, dd);
  }
  card.append(list, element('span', 'quiet', `on ${t.store.heads.get(row)?.name ?? ''}${linkNow(t, row)}`));
  if (bar.deployment >= 0) card.append(element('span', 'quiet', `deployment ${t.store.word(bar.deployment)}`));
  if (bar.dim) card.append(element('span', 'quiet', 'Does not match the filters'));
  card.append(element('span', 'quiet', 'Actions: . or right click'));
}

function laneCard(t, card, { row, at }) {
  const lane = t.store.laneAt(row), link = linkAt(t, lane, at);
  card.append(element('strong', '', t.store.heads.get(row).name));
  if (link) card.append(element('span', '', link));
  const gap = gapAt(t, at);
  if (gap) card.append(element('span', 'quiet', `Not watched from ${when(t, gap[0])} to ${when(t, gap[1])}, ${span(gap[1] - gap[0])}: what is shown of it was told later`));
  if (lane) card.append(element('span', 'quiet', `${lane.bars.length} ${lane.bars.length === 1 ? 'execution' : 'executions'} in what is loaded`));
  if (lane?.left) card.append(element('span', 'problem', `▲ ${lane.left.toLocaleString('en')} older states are left out: zoom in to see them`));
}

function headCard(card, head) {
  card.append(element('strong', '', head.name), element('span', 'quiet', `${head.count.toLocaleString('en')} ${head.count === 1 ? 'lane' : 'lanes'}; click to ${head.folded ? 'unfold' : 'fold'}`));
  const list = element('dl', 'lane-states');
  for (const state of head.states ?? []) {
    const dt = element('dt');
    dt.append(chip(state.word));
    list.append(dt, element('dd', '', `worst on ${state.count.toLocaleString('en')}`));
  }
  if (list.childElementCount) card.append(list);
}

function markCard(t, card, [mark]) {
  card.append(element('strong', '', mark.name), element('span', mark.bad ? 'problem' : '', mark.state));
  card.append(element('span', 'quiet', mark.operation ? `by an operator, ${when(t, mark.from)}` : mark.to < 0 ? `since ${when(t, mark.from)}, ${span(t.now() - mark.from)}` : `${when(t, mark.from)} to ${when(t, mark.to)}, ${span(mark.to - mark.from)}`));
}

// Problems first, because they make the box red.
function marksCard(t, card, marks) {
  const bad = marks.filter(m => m.bad), list = element('dl', 'lane-states');
  card.append(element('strong', '', `${marks.length.toLocaleString('en')} ${kindOf(marks)}`));
  if (bad.length) card.append(element('span', 'problem', `✕ ${bad.length === marks.length ? 'all' : bad.length.toLocaleString('en')} went wrong`));
  for (const mark of [...bad, ...marks.filter(m => !m.bad)].slice(0, MOST))
    list.append(element('dt', '', when(t, mark.from)), element('dd', mark.bad ? 'problem' : '', `${mark.name}, ${mark.state}`));
  card.append(list);
  if (marks.length > MOST) card.append(element('span', 'quiet', `and ${(marks.length - MOST).toLocaleString('en')} more`));
  if (t.t1 - t.t0 > 1000) card.append(element('span', 'quiet', 'Click to see them apart'));
}

function linkAt(t, lane, at) {
  if (!lane || !Number.isFinite(at)) return '';
  for (let i = lane.link.length - 2; i >= 0; i -= 2)
    if (lane.link[i + 1] <= at) return `${t.store.word(lane.link[i]) || 'gone from the control plane'} since ${when(t, lane.link[i + 1])}`;
  return '';
}

function gapAt(t, at) {
  const { gaps } = t.store;
  for (let i = 0; i < gaps.length; i += 2) if (at > gaps[i] && at <= gaps[i + 1]) return [gaps[i], gaps[i + 1]];
  return null;
}

function linkNow(t, row) {
  const lane = t.store.laneAt(row), word = lane?.link.length ? t.store.word(lane.link[lane.link.length - 2]) : '';
  return word && linkName(word) !== 'connected' ? `, ${word} now` : '';
}

export function spoken(t, row, bar) {
  const head = t.store.heads.get(row);
  if (!head) return 'Loading';
  if (head.key < 0) return spokenHead(head);
  const lane = t.store.laneAt(row);
  if (!bar) return `${head.name}, ${lane ? `${lane.bars.length} executions${linkNow(t, row)}` : 'loading'}, lane ${row + 1} of ${t.store.rows}`;
  const last = bar.states.length - 1;
  return `${head.name}, ${lane.bars.indexOf(bar) + 1} of ${lane.bars.length}: ${title(t, bar)}, ${t.store.word(bar.states[last]) || 'gone'} since ${when(t, bar.starts[last])}`
    + (bar.lives < 0 ? `, for ${elapsed(t.now() - bar.starts[last])}` : '') + (bar.dim ? ', does not match the filters' : '');
}
