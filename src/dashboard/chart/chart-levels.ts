import type { Chart, ChartState } from './chart-model.js';

/** Boxes by the key of the box around them, in the order of their definition. Key null: the top boxes. */
export type Children = ReadonlyMap<string | null, readonly ChartState[]>;

export function childrenOf(chart: Chart): Children {
  const children = new Map<string | null, ChartState[]>();
  for (const state of chart.states) {
    const siblings = children.get(state.parent);
    if (siblings === undefined) children.set(state.parent, [state]);
    else siblings.push(state);
  }
  return children;
}

/** Returns the innermost states of a box; a box without inner states is its own leaf. */
export function leavesOf(key: string, children: Children): string[] {
  const inner = children.get(key) ?? [];
  return inner.length === 0 ? [key] : inner.flatMap((state) => leavesOf(state.key, children));
}

/** Returns the initial leaf of a box. */
export function firstLeafOf(key: string, children: Children): string {
  const inner = children.get(key) ?? [];
  const first = inner.find(({ initial }) => initial) ?? inner[0];
  return first === undefined ? key : firstLeafOf(first.key, children);
}

/**
 * Returns the level of each top state: the length of the longest way from the initial state, without ways back. An
 * unreachable state has no level.
 */
export function levelsOf(chart: Chart): ReadonlyMap<string, number> {
  const topOf = new Map<string, string>();
  for (const { key, parent } of chart.states) topOf.set(key, parent === null ? key : (topOf.get(parent) ?? parent));
  const next = new Map<string, Set<string>>();
  for (const { source, target } of chart.transitions) {
    const [from, to] = [topOf.get(source), target === null ? undefined : topOf.get(target)];
    if (from === undefined || to === undefined || from === to) continue;
    next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  const levels = new Map<string, number>();
  const visit = (key: string, level: number, above: readonly string[]): void => {
    if (above.includes(key) || (levels.get(key) ?? -1) >= level) return;
    levels.set(key, level);
    for (const to of next.get(key) ?? []) visit(to, level + 1, [...above, key]);
  };
  const first = chart.states.find(({ parent, initial }) => parent === null && initial);
  if (first !== undefined) visit(first.key, 0, []);
  return levels;
}
