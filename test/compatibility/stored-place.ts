import { StateMachine, type AnyStateMachine, type AnyStateNode } from 'xstate';
import { stateNodes } from '../../src/durable/inspect.js';

/** A machine's snapshot as it is stored, as far as it is read here. */
interface StoredSnapshot {
  readonly status: string;
  readonly value?: unknown;
  readonly children?: Readonly<Record<string, { readonly snapshot: StoredSnapshot }>>;
}

/** Active states of a tree of machines, from the top down: `AwaitingPayment.requesting+payment.requesting.running`. */
export function placeOf(snapshot: unknown): string {
  const [own, ...children] = placesOf(snapshot as StoredSnapshot); // stored by a machine
  return [own, ...children].join('+');
}

/** One for the root and each of its running child machines. */
export function placesOf(snapshot: StoredSnapshot, id = ''): string[] {
  if (snapshot.value === undefined || (id !== '' && snapshot.status !== 'active')) return [];
  const here = [...(id === '' ? [] : [id]), ...pathOf(snapshot.value)].join('.');
  return [here, ...Object.entries(snapshot.children ?? {}).flatMap(([key, child]) => placesOf(child.snapshot, key))];
}

function pathOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...pathOf(inner)]);
}

/** All places a stored actor of the machine, or of a child machine of it, may stand in. */
export function allPlaces(machine: AnyStateMachine, id = ''): string[] {
  const children = Object.entries(machine.implementations.actors as Record<string, unknown>).filter(
    (entry): entry is [string, AnyStateMachine] => entry[1] instanceof StateMachine,
  );
  return [
    ...stateNodes(machine)
      .filter((node) => isRestingPlace(node) && (node.type !== 'final' || id === ''))
      .map((node) => [...(id === '' ? [] : [id]), ...node.path].join('.')),
    ...children.flatMap(([name, child]) => allPlaces(child, name)),
  ];
}

/** A state that is left at once is never stored. */
function isRestingPlace(node: AnyStateNode): boolean {
  return (node.type === 'atomic' || node.type === 'final') && node.always === undefined;
}
