import type { Chart, ChartState } from './chart-model.js';

/** The boxes in a box, in the order of their definition; those of null are at the top. */
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

/** The innermost states of a box, itself if it has none. */
export function leavesOf(key: string, children: Children): string[] {
  const inner = children.get(key) ?? [];
  return inner.length === 0 ? [key] : inner.flatMap((state) => leavesOf(state.key, children));
}

/** Where a box begins. */
export function firstLeafOf(key: string, children: Children): string {
  const inner = children.get(key) ?? [];
  const first = inner.find(({ initial }) => initial) ?? inner[0];
  return first === undefined ? key : firstLeafOf(first.key, children);
}

/**
 * How far down each top state belongs: the longest way to it from the initial one, not counting ways back. What is not
 * reached stays out.
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
