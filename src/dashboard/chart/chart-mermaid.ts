/**
 * Writes a chart as a Mermaid state diagram, for documents. Mermaid cannot draw a line into another composite state. Such a
 * transition is drawn between the two siblings around its ends, and its label names its source.
 */
import { childrenOf } from './chart-levels.js';
import type { Chart, ChartState, ChartTransition } from './chart-model.js';

export function mermaidOf(chart: Chart): string {
  const children = childrenOf(chart);
  const states = new Map(chart.states.map((state) => [state.key, state]));
  const nameOf = new Map(chart.states.map(({ key }, index) => [key, `s${index + 1}`]));
  const lines = new Map<string | null, Set<string>>();
  for (const transition of chart.transitions) {
    const line = lineOf(transition, states, nameOf);
    if (line === null) continue;
    lines.set(line.parent, (lines.get(line.parent) ?? new Set()).add(line.text));
  }
  const draw = (parent: string | null, indent: string): string[] => [
    ...(children.get(parent) ?? []).flatMap((state) => {
      const name = nameOf.get(state.key) ?? '';
      const label = `${indent}state "${labelOf(state)}" as ${name}`;
      return [
        ...(state.initial ? [`${indent}[*] --> ${name}`] : []),
        ...(children.has(state.key) ? [`${label} {`, ...draw(state.key, `${indent}  `), `${indent}}`] : [label]),
        ...(state.type === 'final' ? [`${indent}${name} --> [*]`] : []),
      ];
    }),
    ...[...(lines.get(parent) ?? [])].map((line) => indent + line),
  ];
  return ['stateDiagram-v2', ...draw(null, '  '), ''].join('\n');
}

function labelOf({ name, type, activities }: ChartState): string {
  const text = type === 'machine' ? `${name} (child machine)` : [name, ...activities].join(': ');
  return text.replaceAll('"', "'");
}

function lineOf(
  { source, target, label, guard }: ChartTransition,
  states: ReadonlyMap<string, ChartState>,
  nameOf: ReadonlyMap<string, string>,
): { readonly parent: string | null; readonly text: string } | null {
  if (target === null) return null;
  const from = wayTo(source, states);
  const to = wayTo(target, states);
  let shared = 0;
  while (shared < Math.min(from.length, to.length) - 1 && from[shared] === to[shared]) shared += 1;
  const [one, other] = [from[shared], to[shared]];
  if (one === undefined || other === undefined) return null;
  const inside = from.slice(shared + 1).map((key) => states.get(key)?.name ?? '');
  const text = [...inside.slice(-1), label].join(': ') + (guard === null ? '' : ` [${guard}]`);
  const drawn = `${nameOf.get(one) ?? ''} --> ${nameOf.get(other) ?? ''} : ${text.replaceAll(/[:;"]\s?/g, ' ')}`;
  return { parent: states.get(one)?.parent ?? null, text: drawn };
}

/** Returns the boxes around a state, outermost first, and the state itself. */
function wayTo(key: string, states: ReadonlyMap<string, ChartState>): string[] {
  const parent = states.get(key)?.parent ?? null;
  return parent === null ? [key] : [...wayTo(parent, states), key];
}
