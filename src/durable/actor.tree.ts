/**
 * The tree of one hydrated actor, addressed by path: session ids are new at every hydration, paths are not.
 * The root's path is '', a child's is its parent's path and its own id, joined by '/'.
 */
import type { AnyActorRef, Snapshot } from 'xstate';
import type { InertSnapshot } from './inert.logic.js';

export interface TreeNode {
  readonly path: string;
  readonly ref: AnyActorRef;
  /** Names of the logic on the way from the root, e.g. `['payment', 'startPayment']`; null where one is inline. */
  readonly sources: readonly (string | null)[];
  readonly snapshot: Snapshot<unknown>;
}

export function pathOf(ref: AnyActorRef): string {
  return ref._parent === undefined ? '' : joinPath(pathOf(ref._parent), ref.id);
}

export function joinPath(parent: string, id: string): string {
  return parent === '' ? id : `${parent}/${id}`;
}

/** Every actor of the tree, parents before their children. */
export function walkTree(root: AnyActorRef): TreeNode[] {
  const nodes: TreeNode[] = [];
  const visit = (ref: AnyActorRef, path: string, sources: readonly (string | null)[]): void => {
    const snapshot: TreeSnapshot = ref.getSnapshot() as TreeSnapshot; // every actor's snapshot has these fields
    nodes.push({ path, ref, sources, snapshot });
    for (const [id, child] of Object.entries(snapshot.children ?? {})) {
      if (child !== undefined) visit(child, joinPath(path, id), [...sources, sourceOf(child)]);
    }
  };
  visit(root, '', []);
  return nodes;
}

type TreeSnapshot = Snapshot<unknown> & { readonly children?: Readonly<Record<string, AnyActorRef | undefined>> };

function sourceOf(ref: AnyActorRef): string | null {
  const { src } = ref;
  return typeof src === 'string' ? src : null;
}

/** An inert activity that is waiting for its result. */
export type ActiveActivity = TreeNode & { readonly snapshot: InertSnapshot };

/** Only the inert logic's snapshots carry a task id. */
export function isActiveActivity(node: TreeNode): node is ActiveActivity {
  return node.snapshot.status === 'active' && 'taskId' in node.snapshot;
}
