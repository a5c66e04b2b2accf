/**
 * The logic that replaces a promise during a turn. It starts nothing, and records that it was invoked. It settles when the
 * runtime sends how the real promise ended.
 *
 * A new invocation has an empty `taskId`; the turn sets it before it persists the snapshot. A result settles the invocation
 * with the same `taskId` only (invariant 4): the result of an invocation that was left and entered again is ignored.
 */
import type { ActorLogic, EventObject, Snapshot } from 'xstate';

export type InertSnapshot = Snapshot<unknown> & { readonly input?: unknown; taskId: string };

export const SETTLED = 'durable.activity.settled';

export interface ActivitySettled extends EventObject {
  readonly type: typeof SETTLED;
  readonly taskId: string;
  readonly result: { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown };
}

// XState may send any event. The logic reacts to two types.
export type InertLogic = ActorLogic<InertSnapshot, EventObject>;

const isSettled = (event: EventObject): event is ActivitySettled => event.type === SETTLED;

export const inertLogic: InertLogic = {
  transition(snapshot, event): InertSnapshot {
    if (snapshot.status !== 'active') return snapshot;
    if (event.type === 'xstate.stop') return stopped(snapshot);
    if (!isSettled(event) || event.taskId !== snapshot.taskId) return snapshot;
    return event.result.ok
      ? { status: 'done', output: event.result.output, error: undefined, taskId: event.taskId }
      : { status: 'error', output: undefined, error: event.result.error, taskId: event.taskId };
  },
  getInitialSnapshot: (_scope, input): InertSnapshot => ({
    status: 'active',
    output: undefined,
    error: undefined,
    input,
    taskId: '',
  }),
  getPersistedSnapshot: (snapshot) => snapshot,
  // This logic made the stored value. snapshot-compatibility.ts refuses any other.
  restoreSnapshot: (snapshot) => snapshot as InertSnapshot,
};

function stopped(snapshot: InertSnapshot): InertSnapshot {
  return { ...snapshot, status: 'stopped', output: undefined, error: undefined, input: undefined };
}
