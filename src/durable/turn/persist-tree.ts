/** Persists the tree after a turn, and refuses what a snapshot cannot hold, before anything is committed. */
import type { AnyActorRef, AnyMachineSnapshot } from 'xstate';
import type { TreeNode } from '../xstate/actor-tree.js';
import type { DurableTimer } from '../model/bookkeeping.js';
import { NotDurableError } from '../model/durable-errors.js';
import { type FoundRef, inspectJson, writePlace } from '../json/serializable.js';
import { type JsonObject, isObject } from '../json/json-object.js';
import { extrasOf } from '../xstate/snapshot-extras.js';

const PERSISTED = ['context', 'input', 'output'] as const;

/** @throws NotDurableError naming the place of a value that JSON does not keep. */
export function persistTree(root: AnyActorRef, tree: readonly TreeNode[], newTimers: readonly DurableTimer[]): string {
  const references = tree.map((node) => referencesOf(node));
  for (const timer of newTimers) refuseUnsafe(timer.event, `the delayed event "${timer.event.type}"`, 'event');
  const persisted = root.getPersistedSnapshot();
  const paths = (): Map<AnyActorRef, string> => new Map(tree.map((each) => [each.ref, each.path]));
  tree.forEach((node, index) => {
    if (node.snapshot.status !== 'active' || !('value' in node.snapshot)) return;
    const extras = extrasOf(node.snapshot as AnyMachineSnapshot, references[index] ?? [], paths); // it has a state value
    if (extras !== null) persistedOf(persisted, node.ids)['durable'] = extras;
  });
  return JSON.stringify(persisted);
}

/** @returns references in a machine's context. XState restores none at another place. */
function referencesOf(node: TreeNode): readonly FoundRef[] {
  const snapshot = node.snapshot as Readonly<Record<string, unknown>>; // read by name only
  const isMachine = 'value' in snapshot;
  let found: readonly FoundRef[] = [];
  for (const part of PERSISTED) {
    if (snapshot[part] === undefined) continue;
    const refs = refuseUnsafe(snapshot[part], nameOf(node), part);
    if (refs.length === 0) continue;
    if (part === 'context' && isMachine) found = refs;
    else throw unsafe(nameOf(node), writePlace(part, refs[0]?.at ?? []), 'a reference to an actor');
  }
  return found;
}

function refuseUnsafe(value: unknown, owner: string, part: string): readonly FoundRef[] {
  const findings = inspectJson(value);
  if (findings.unsafe !== null) throw unsafe(owner, writePlace(part, findings.unsafe.at), findings.unsafe.what);
  return findings.refs;
}

function unsafe(owner: string, place: string, what: string): NotDurableError {
  return new NotDurableError(
    `In ${owner}, ${place} is ${what}, which JSON does not keep: the next turn would find something else there. ` +
      'Store plain data instead (an ISO text for a date, a list for a set, null for nothing, an id for an actor) and build the rest where it is read.',
  );
}

function nameOf(node: TreeNode): string {
  return node.path === '' ? 'the machine' : `the actor "${node.path}"`;
}

/** The persisted snapshot of the actor with these ids. */
function persistedOf(root: JsonObject, ids: readonly string[]): JsonObject {
  return ids.reduce<JsonObject>((parent, id) => {
    const children = parent['children'] as Readonly<Record<string, { readonly snapshot: JsonObject }>>; // a machine's
    const child = children[id];
    if (child === undefined) throw new Error(`XState persisted no actor "${id}".`);
    return child.snapshot;
  }, root);
}

/**
 * Refuses a second actor with the id of a running one: it replaces the first in the snapshot, and the first runs on unseen.
 * @throws NotDurableError
 */
export function refuseLost(
  tree: readonly TreeNode[],
  known: readonly AnyActorRef[],
  stopped: ReadonlySet<unknown>,
): void {
  const living = new Map(tree.map((node) => [node.ref, node]));
  for (const ref of known) {
    const parent = ref._parent === undefined ? undefined : living.get(ref._parent);
    if (living.has(ref) || parent?.snapshot.status !== 'active' || stopped.has(ref)) continue;
    const snapshot: unknown = ref.getSnapshot();
    if (!isObject(snapshot) || snapshot['status'] !== 'active') continue;
    throw new NotDurableError(
      `In ${nameOf(parent)}, another actor took the name of "${ref.id}" while that one was running, and the snapshot has room ` +
        'for one of a name. Give every actor an id of its own: spawnChild(key, { id }), invoke: { id }.',
    );
  }
}
