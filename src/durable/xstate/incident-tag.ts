/**
 * A state that waits for a person has the tag `incident`. A meta of that name replaces the runtime's own words:
 * `meta: { incident: { kind: 'payment_mismatch', action: 'none', advice: 'Compare the books.' } }`.
 */
import type { AnyMachineSnapshot } from 'xstate';
import type { TreeNode } from './actor-tree.js';
import { isObject } from '../json/json-object.js';
import type { IncidentAction } from '../model/store.port.js';

export interface IncidentTag {
  /** snake_case; also the code of the cause. Without it the runtime takes the kind from the last fact of the turn. */
  readonly kind?: string;
  readonly action?: IncidentAction;
  readonly advice?: string;
}

const TAG = 'incident';

/** The tag of the first active state that has one, the root machine's before its children's; null when none has. */
export function incidentTag(tree: readonly TreeNode[]): IncidentTag | null {
  const waiting = tree.map((node) => node.snapshot).filter(waitsForPerson);
  if (waiting.length === 0) return null;
  for (const snapshot of waiting) {
    for (const state of snapshot._nodes) {
      const meta: unknown = state.meta;
      // Written by the machine's author.
      if (state.tags.includes(TAG) && isObject(meta) && isObject(meta[TAG])) return meta[TAG];
    }
  }
  return {};
}

function waitsForPerson(snapshot: TreeNode['snapshot']): snapshot is AnyMachineSnapshot {
  return snapshot.status === 'active' && 'tags' in snapshot && snapshot.tags instanceof Set && snapshot.tags.has(TAG);
}
