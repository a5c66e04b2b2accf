/**
 * Computes the states of an order's machines after an entry of its history, and their way. Pure: reads chart and history
 * only.
 */

/** Finds parts of a chart by their keys. */
export class ChartIndex {
  constructor(chart) {
    this.chart = chart;
    this.states = new Map(chart.states.map((state) => [state.key, state]));
    this.children = new Map();
    for (const state of chart.states) {
      if (!this.children.has(state.parent)) this.children.set(state.parent, []);
      this.children.get(state.parent).push(state);
    }
    /** A line has the id of its first transition. */
    this.lines = new Map();
    for (const transition of chart.transitions) {
      if (transition.target === null) continue;
      const ends = JSON.stringify([transition.source, transition.target]);
      if (!this.lines.has(ends)) this.lines.set(ends, { id: transition.id, transitions: [] });
      this.lines.get(ends).transitions.push(transition);
    }
    this.lineById = new Map([...this.lines.values()].map((line) => [line.id, line]));
  }

  line(transition) {
    return this.lines.get(JSON.stringify([transition.source, transition.target]));
  }

  /** Returns the key of the actor's box; of several, that in an active state. Null: the chart has none. */
  boxOf(path, active) {
    if (path === '') return '/';
    const boxes = this.chart.states.filter((state) => state.actor === path);
    const box = boxes.find((each) => active.has(each.parent)) ?? boxes[0];
    return box?.key ?? null;
  }

  /** Returns the keys of a state and of all boxes around it. */
  around(key) {
    const keys = [];
    for (let at = key; at !== null && at !== undefined; at = this.states.get(at)?.parent) keys.push(at);
    return keys;
  }
}

/** Returns the keys of the innermost states of a state value such as `{a: {b: 'c'}}`. */
export function leavesOf(value, box) {
  const names = (part) => {
    if (part === null || part === undefined) return [[]];
    if (typeof part === 'string') return [[part]];
    const entries = Object.entries(part);
    return entries.length === 0
      ? [[]]
      : entries.flatMap(([name, inner]) => names(inner).map((rest) => [name, ...rest]));
  };
  return names(value)
    .filter((path) => path.length > 0)
    .map((path) => box + path.join('.'));
}

/**
 * @param entries the history from its beginning.
 * @returns `active` and `visited`: keys of states and of the boxes around them; `leaves`: keys of the innermost active
 * states; `taken`: ids of lines; `last`: id of the last line.
 */
export function replay(entries, index, untilSeq = Infinity) {
  const values = new Map();
  const visited = new Set();
  const taken = new Set();
  let last = null;
  let active = new Set();
  let leaves = [];

  /**
   * Removes children whose invoking state is left. The history may have a child's entry before that of the invoking
   * state.
   */
  const settle = (path) => {
    ({ active, leaves } = activeOf(values, index));
    for (const other of values.keys()) {
      if (other !== path && isUnder(other, path) && !isAlive(other, index, active)) values.delete(other);
    }
  };

  for (const { seq, type, data } of entries) {
    if (seq > untilSeq) break;
    if (type !== 'state.changed') continue;
    const path = data.path ?? '';
    values.set(path, data.to);
    settle(path);
    const box = index.boxOf(path, active);
    if (box === null) continue;
    const line = lineTaken(data, box, index);
    if (line !== null) {
      taken.add(line.id);
      last = line.id;
    }
    for (const key of active) visited.add(key);
  }
  return { active, leaves, visited, taken, last };
}

function activeOf(values, index) {
  const active = new Set();
  const leaves = [];
  const paths = [...values.keys()].sort((a, b) => a.length - b.length);
  for (const path of paths) {
    if (path !== '' && !isAlive(path, index, active)) continue;
    const box = index.boxOf(path, active);
    for (const leaf of leavesOf(values.get(path), box)) {
      leaves.push(leaf);
      for (const key of index.around(leaf)) active.add(key);
    }
  }
  return { active, leaves };
}

const isUnder = (path, parent) => (parent === '' ? path !== '' : path.startsWith(`${parent}/`));

const isAlive = (path, index, active) =>
  index.chart.states.some(({ actor, parent }) => actor === path && active.has(parent));

/** Returns the line of the best transition: of this event, between these states, with the innermost target. */
function lineTaken({ event, from, to }, box, index) {
  if (from === null || from === undefined) return null;
  const sources = new Set(leavesOf(from, box).flatMap((key) => index.around(key)));
  const targets = new Set(leavesOf(to, box).flatMap((key) => index.around(key)));
  const fitting = index.chart.transitions.filter(
    (each) =>
      each.target !== null &&
      sources.has(each.source) &&
      targets.has(each.target) &&
      !(sources.has(each.target) && each.source !== each.target && isAround(each.target, each.source, index)),
  );
  const ofEvent = fitting.filter((each) => each.event === event);
  const candidates = ofEvent.length > 0 ? ofEvent : fitting.filter((each) => each.kind === 'always');
  const depth = ({ target, source }) => target.length * 1000 + source.length;
  const [best] = candidates.sort((a, b) => depth(b) - depth(a));
  return best === undefined ? null : index.line(best);
}

const isAround = (outer, inner, index) => index.around(inner).includes(outer);

/** Returns the states that a machine passes after a transition when every partner call succeeds. */
export function wayFrom(transition, index) {
  const way = [];
  const seen = new Set();
  let key = transition.target;
  while (key !== null && key !== undefined && !seen.has(key)) {
    seen.add(key);
    const leaf = firstLeaf(key, index);
    way.push(index.states.get(leaf));
    key = nextOnTheWay(leaf, index);
  }
  return way;
}

/** Prefers a transition to another top state that is not final, then one without a guard, then the last. */
function nextOnTheWay(leaf, index) {
  const around = index.around(leaf);
  const done = index.chart.transitions.filter(
    ({ source, kind, target }) => around.includes(source) && (kind === 'done' || kind === 'always') && target !== null,
  );
  const topOf = (key) => index.around(key).at(-1);
  const isOn = ({ target }) => topOf(target) !== topOf(leaf) && index.states.get(topOf(target))?.type !== 'final';
  const next = done.find(isOn) ?? done.find(({ guard }) => guard === null) ?? done.at(-1);
  return next?.target ?? null;
}

function firstLeaf(key, index) {
  const inner = (index.children.get(key) ?? []).filter(({ type }) => type !== 'machine');
  const first = inner.find(({ initial }) => initial) ?? inner[0];
  return first === undefined ? key : firstLeaf(first.key, index);
}

/** Returns the transitions out of the active states, innermost first. */
export function nextFrom(leaves, index) {
  const keys = leaves.flatMap((leaf) => index.around(leaf));
  return [...new Set(keys)].flatMap((key) => index.chart.transitions.filter(({ source }) => source === key));
}
