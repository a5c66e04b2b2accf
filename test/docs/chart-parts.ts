import type { Chart, ChartState } from '../../src/dashboard/chart/chart-model.js';

/*
 * Parts of a chart that fit on a page. The whole chart of the order machine has 141 states, which no reader follows in one
 * picture.
 */

/** The top states alone, with one line from each to each other that follows it. */
export function overviewOf(chart: Chart): Chart {
  const tops = new Map(chart.states.map((state) => [state.key, topOf(chart, state).key]));
  const ways = new Map<string, Chart['transitions'][number]>();
  for (const transition of chart.transitions) {
    const [source, target] = [tops.get(transition.source), tops.get(transition.target ?? '')];
    if (source === undefined || target === undefined || source === target) continue;
    const known = ways.get(`${source} ${target}`);
    const labels = new Set([...(known?.label.split(', ') ?? []), transition.label]);
    ways.set(`${source} ${target}`, { ...transition, source, target, guard: null, label: [...labels].join(', ') });
  }
  return { ...chart, states: chart.states.filter(({ parent }) => parent === null), transitions: [...ways.values()] };
}

/**
 * What is inside one box, to the depth of its own machine: a child machine in it is drawn as one box. Transitions that
 * leave the box are left out.
 */
export function insideOf(chart: Chart, box: string): Chart {
  const childBoxes = chart.states.filter(({ type, key }) => type === 'machine' && key !== box);
  const inside = chart.states.filter(
    (state) => isWithin(chart, state, box) && !childBoxes.some((child) => isWithin(chart, state, child.key)),
  );
  const keys = new Set(inside.map(({ key }) => key));
  return {
    ...chart,
    states: inside.map((state) => ({ ...state, parent: state.parent === box ? null : state.parent })),
    transitions: chart.transitions.filter(
      ({ source, target }) => keys.has(source) && target !== null && keys.has(target),
    ),
  };
}

/** The transitions that leave a top state. */
export function waysOutOf(chart: Chart, top: string): Chart['transitions'] {
  const keys = new Set(
    chart.states.filter((state) => state.key === top || isWithin(chart, state, top)).map(({ key }) => key),
  );
  return chart.transitions.filter(({ source, target }) => keys.has(source) && target !== null && !keys.has(target));
}

function topOf(chart: Chart, state: ChartState): ChartState {
  const parent = chart.states.find(({ key }) => key === state.parent);
  return parent === undefined ? state : topOf(chart, parent);
}

function isWithin(chart: Chart, state: ChartState, box: string): boolean {
  if (state.parent === null) return false;
  if (state.parent === box) return true;
  const parent = chart.states.find(({ key }) => key === state.parent);
  return parent !== undefined && isWithin(chart, parent, box);
}
