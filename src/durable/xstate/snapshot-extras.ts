/**
 * What an actor in memory knows and XState's persisted snapshot loses. It is stored in the snapshot under `durable`, where
 * it is needed:
 *
 * - `nodes`: the order in which the active states were entered. XState takes `always` transitions of parallel states in that
 *   order; a restored actor would take them in the order of the chart.
 * - `refs`: the actors that references in the context point to. XState restores references to the machine's own children. A
 *   reference to the parent, to another actor of the tree or to an actor that ended would become undefined, and
 *   `sendTo(undefined)` sends to the sender itself.
 */
import { createActor, type AnyActorRef, type AnyMachineSnapshot } from 'xstate';
import type { TreeNode } from './actor-tree.js';
import { inertLogic } from './inert-logic.js';
import type { FoundRef, Place } from '../json/serializable.js';
import { isObject } from '../json/json-object.js';

interface StoredRef {
  readonly at: Place;
  /** Null when the actor has left the tree. */
  readonly path: string | null;
  readonly id: string;
}

export interface SnapshotExtras {
  readonly nodes?: readonly string[];
  readonly refs?: readonly StoredRef[];
}

/** @param found references in the machine's context. @returns null when XState loses nothing. */
export function extrasOf(
  snapshot: AnyMachineSnapshot,
  found: readonly FoundRef[],
  paths: () => ReadonlyMap<AnyActorRef, string>,
): SnapshotExtras | null {
  const children = snapshot.children as Readonly<Record<string, AnyActorRef | undefined>>; // of any machine
  const refs = found
    .filter(({ ref }) => children[ref.id] !== ref)
    .map(({ at, ref }): StoredRef => ({ at, path: paths().get(ref) ?? null, id: ref.id }));
  // A chain of states has one order only.
  const leaves = snapshot._nodes.filter(({ type }) => type === 'atomic' || type === 'final').length;
  if (refs.length === 0 && leaves <= 1) return null;
  return {
    ...(leaves > 1 ? { nodes: snapshot._nodes.map((node) => node.id) } : {}),
    ...(refs.length > 0 ? { refs } : {}),
  };
}

/** Restores what {@link extrasOf} found. Call it before the restored tree starts. @param stored the root's snapshot. */
export function restoreExtras(tree: readonly TreeNode[], stored: unknown): void {
  const find = (path: string | null): AnyActorRef | undefined => tree.find((node) => node.path === path)?.ref;
  const visit = (ref: AnyActorRef, snapshot: unknown): void => {
    if (!isObject(snapshot) || snapshot['status'] !== 'active' || !('value' in snapshot)) return;
    const restored = ref.getSnapshot() as AnyMachineSnapshot; // it has a state value
    if (restored.status !== 'active') return;
    const extras = snapshot['durable'] as SnapshotExtras | undefined; // written by the turn
    if (extras?.nodes !== undefined) reorder(restored, extras.nodes);
    for (const { at, path, id } of extras?.refs ?? []) {
      put(restored.context, at, find(path) ?? departed(id));
    }
    const children = isObject(snapshot['children']) ? snapshot['children'] : {};
    const refs = restored.children as Readonly<Record<string, AnyActorRef | undefined>>; // of any machine
    for (const [id, child] of Object.entries(children)) {
      const childRef = refs[id];
      if (childRef !== undefined && isObject(child)) visit(childRef, child['snapshot']);
    }
  };
  const [root] = tree;
  if (root !== undefined) visit(root.ref, stored);
}

function reorder(snapshot: AnyMachineSnapshot, ids: readonly string[]): void {
  const rank = new Map(ids.map((id, index) => [id, index]));
  snapshot._nodes.sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
}

function put(context: unknown, at: Place, ref: AnyActorRef): void {
  let holder: unknown = context;
  for (const key of at.slice(0, -1)) holder = (holder as Record<string | number, unknown>)[key]; // the turn found the place there
  const last = at.at(-1);
  if (last !== undefined) (holder as Record<string | number, unknown>)[last] = ref; // as above
}

/** Stands for an actor that ended: it takes events and does nothing. */
function departed(id: string): AnyActorRef {
  const actor = createActor(inertLogic, { id });
  actor.stop();
  return actor;
}
