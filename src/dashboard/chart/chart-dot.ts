/**
 * Writes a chart in Graphviz's DOT language, from top to bottom. In the SVG a state has the id `s:<key>`, and a line has
 * the id of its first transition. Classes say what each of them is. The page marks what is active.
 *
 * Graphviz joins leaves only. A line to a box ends at a leaf in it and is cut at the box's border. Invisible lines
 * between the leaves of two boxes put one box below the other.
 */
import { childrenOf, firstLeafOf, leavesOf, levelsOf, type Children } from './chart-levels.js';
import type { Chart, ChartState, ChartTransition } from './chart-model.js';

const FONT = 'Helvetica,Arial,sans-serif';

export function dotOf(chart: Chart): string {
  const children = childrenOf(chart);
  return [
    `digraph ${quoted(chart.machineId)} {`,
    `graph [compound=true, newrank=true, bgcolor="white", fontname=${quoted(FONT)}, fontsize=13, nodesep=0.22, ranksep=0.3, pad=0.1];`,
    `node [shape=box, style="rounded", margin="0.12,0.05", height=0.3, fontname=${quoted(FONT)}, fontsize=11];`,
    `edge [fontname=${quoted(FONT)}, arrowsize=0.6, color="#667085"];`,
    ...(children.get(null) ?? []).flatMap((state) => boxOf(state, chart, children)),
    ...belowEachOther(chart, children),
    ...linesOf(chart).map((line) => edgeOf(line, chart, children)),
    '}',
  ].join('\n');
}

function boxOf(state: ChartState, chart: Chart, children: Children): string[] {
  const inner = children.get(state.key) ?? [];
  const marks = `id=${quoted(`s:${state.key}`)}; class=${quoted(classesOf(state))}; tooltip=" "`;
  if (inner.length === 0) {
    const label = [state.name, ...state.activities].join('\n');
    const look = state.type === 'final' ? '; peripheries=2' : '';
    return [`${quoted(state.key)} [${marks}; label=${quoted(label)}${look}];`];
  }
  const isMachine = state.type === 'machine';
  return [
    `subgraph ${cluster(state.key)} {`,
    `${marks}; label=${quoted(isMachine ? `${state.name} (child machine)` : state.name)};`,
    `style=${isMachine ? '"rounded,dashed"' : '"rounded"'}; color="#98a2b3"; labeljust=l; margin=7;`,
    ...inner.flatMap((each) => boxOf(each, chart, children)),
    `{ rank=same; ${rowOf(inner, chart)
      .map(({ key }) => quoted(key))
      .join('; ')} }`,
    '}',
  ];
}

/** Returns the row of the initial state: states that lead back to it (a backoff, an incident) stand beside it. */
function rowOf(inner: readonly ChartState[], chart: Chart): readonly ChartState[] {
  const first = inner.find(({ initial }) => initial);
  if (first?.type !== 'atomic') return [];
  const [left, ...right] = inner.filter((state) => isBeside(state, first, chart));
  return [...(left === undefined ? [] : [left]), first, ...right];
}

function isBeside(state: ChartState, first: ChartState, { transitions }: Chart): boolean {
  return (
    first.type === 'atomic' &&
    state.type === 'atomic' &&
    transitions.some(({ source, target }) => source === state.key && target === first.key)
  );
}

function belowEachOther(chart: Chart, children: Children): string[] {
  const levels = [...levelsOf(chart)];
  const pairs = levels.flatMap(([upper, level]) =>
    levels.filter(([, below]) => below === level + 1).map(([lower]) => ({ upper, lower })),
  );
  return pairs.flatMap(({ upper, lower }) =>
    leavesOf(upper, children).flatMap((leaf) =>
      entriesOf(lower, children).map((entry, index) => {
        const weight = index === 0 && leaf === firstLeafOf(upper, children) ? 20 : 0;
        return `${quoted(leaf)} -> ${quoted(entry)} [style=invis, weight=${weight}];`;
      }),
    ),
  );
}

/** Returns the initial leaves of a box and of the child machines in it. */
function entriesOf(key: string, children: Children): string[] {
  const machines = (children.get(key) ?? []).filter(({ type }) => type === 'machine');
  return [firstLeafOf(key, children), ...machines.map((machine) => firstLeafOf(machine.key, children))];
}

/** Groups transitions: those with equal source and target are one line. */
function linesOf(chart: Chart): ChartTransition[][] {
  const lines = new Map<string, ChartTransition[]>();
  for (const transition of chart.transitions) {
    if (transition.target === null) continue;
    const ends = JSON.stringify([transition.source, transition.target]);
    lines.set(ends, [...(lines.get(ends) ?? []), transition]);
  }
  return [...lines.values()];
}

function edgeOf(line: readonly ChartTransition[], chart: Chart, children: Children): string {
  const [{ id, source, target, kind }] = line as readonly [ChartTransition]; // a line has at least one transition
  if (target === null) return '';
  const from = firstLeafOf(source, children);
  const to = firstLeafOf(target, children);
  const attributes = [
    `id=${quoted(id)}`,
    `class=${quoted(`transition ${kind}`)}`,
    `tooltip=${quoted(line.map(({ label }) => label).join(', '))}`,
    kind === 'done' ? 'weight=4' : 'weight=0',
  ];
  if (from !== to && from !== source) attributes.push(`ltail=${cluster(source)}`);
  if (from !== to && to !== target) attributes.push(`lhead=${cluster(target)}`);
  // A row keeps its order when all its lines run to the right. A line to the left is drawn backwards.
  if (isBackwards(source, target, chart, children)) {
    return `${quoted(to)} -> ${quoted(from)} [${[...attributes, 'dir=back'].join(', ')}];`;
  }
  return `${quoted(from)} -> ${quoted(to)} [${attributes.join(', ')}];`;
}

function isBackwards(source: string, target: string, chart: Chart, children: Children): boolean {
  const parent = chart.states.find(({ key }) => key === source)?.parent ?? null;
  const row = rowOf(children.get(parent) ?? [], chart).map(({ key }) => key);
  return row.includes(target) && row.indexOf(source) > row.indexOf(target);
}

function classesOf({ type, tags }: ChartState): string {
  return ['state', type, ...tags.map((tag) => `tag-${tag}`)].join(' ');
}

const cluster = (key: string): string => quoted(`cluster ${key}`);

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
