/**
 * How a state says that it waits for a person: by the tag `incident`, and, if the runtime's own words do not fit, by a meta
 * of that name: `meta: { incident: { kind: 'payment_mismatch', action: 'none', advice: 'Compare the books.' } }`.
 */
import type { AnyMachineSnapshot } from 'xstate';
import type { TreeNode } from './actor-tree.js';
import { isObject } from '../json/json-object.js';
import type { IncidentAction } from '../model/store.port.js';

export interface IncidentTag {
  /** snake_case; also the code of the cause. Without one the runtime goes by what happened last. */
  readonly kind?: string;
  readonly action?: IncidentAction;
  readonly advice?: string;
}

const TAG = 'incident';

/** Of the first active state that is tagged, the root's before its children's; null when none is. */
export function incidentTag(tree: readonly TreeNode[]): IncidentTag | null {
  const marked = tree.map((node) => node.snapshot).filter(isParked);
  if (marked.length === 0) return null;
  for (const snapshot of marked) {
    for (const state of snapshot._nodes) {
      const meta: unknown = state.meta;
      // The author's own words; what of them is no text is as good as absent.
      if (state.tags.includes(TAG) && isObject(meta) && isObject(meta[TAG])) return meta[TAG];
    }
  }
  return {};
}

function isParked(snapshot: TreeNode['snapshot']): snapshot is AnyMachineSnapshot {
  return snapshot.status === 'active' && 'tags' in snapshot && snapshot.tags instanceof Set && snapshot.tags.has(TAG);
}
