/**
 * The tree of one hydrated actor, addressed by path. XState gives new session ids at each hydration; paths stay.
 * The path of the root is ''. The path of a child is its parent's path and its own id, joined by '/'.
 */
import type { AnyActorRef, Snapshot } from 'xstate';
import type { InertSnapshot } from './inert-logic.js';

export interface TreeNode {
  readonly path: string;
  /** The ids on the path, not escaped. */
  readonly ids: readonly string[];
  readonly ref: AnyActorRef;
  /** Names of the logic from the root down, e.g. `['payment', 'startPayment']`. Null for inline logic. */
  readonly sources: readonly (string | null)[];
  readonly snapshot: Snapshot<unknown>;
}

export function pathOf(ref: AnyActorRef): string {
  return ref._parent === undefined ? '' : joinPath(pathOf(ref._parent), ref.id);
}

/** A '/' within an id is escaped as in a JSON pointer (RFC 6901, section 3). */
export function joinPath(parent: string, id: string): string {
  const name = /[~/]/.test(id) ? id.replaceAll('~', '~0').replaceAll('/', '~1') : id;
  return parent === '' ? name : `${parent}/${name}`;
}

/**
 * Every living actor of the tree, parents before their children. The children of an actor that ended are left out: XState
 * stops them with it, and nothing can reach the children of a machine that threw.
 */
export function walkTree(root: AnyActorRef): TreeNode[] {
  const nodes: TreeNode[] = [];
  const visit = (ref: AnyActorRef, path: string, ids: readonly string[], sources: readonly (string | null)[]): void => {
    const snapshot: TreeSnapshot = ref.getSnapshot() as TreeSnapshot; // every actor's snapshot has these fields
    nodes.push({ path, ids, ref, sources, snapshot });
    if (snapshot.status !== 'active') return;
    const { children = {} } = snapshot;
    for (const id of Object.keys(children)) {
      const child = children[id];
      if (child !== undefined) visit(child, joinPath(path, id), [...ids, id], [...sources, sourceOf(child)]);
    }
  };
  visit(root, '', [], []);
  return nodes;
}

type TreeSnapshot = Snapshot<unknown> & { readonly children?: Readonly<Record<string, AnyActorRef | undefined>> };

function sourceOf(ref: AnyActorRef): string | null {
  const { src } = ref;
  return typeof src === 'string' ? src : null;
}

/** An inert activity that waits for its result. */
export type ActiveActivity = TreeNode & { readonly snapshot: InertSnapshot };

/** Only snapshots of inert logic have a task id. */
export function isActiveActivity(node: TreeNode): node is ActiveActivity {
  return node.snapshot.status === 'active' && 'taskId' in node.snapshot;
}
