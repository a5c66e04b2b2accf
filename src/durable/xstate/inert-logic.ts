/**
 * The logic that stands in for a promise during a turn: it starts nothing, it only records that it was invoked, and it
 * settles when the runtime says how the real one ended.
 *
 * A fresh invocation has an empty `taskId`; the turn names it before the snapshot is persisted. A result settles it only if
 * the names agree (invariant 4), so the result of an invocation that was left and entered again is ignored.
 */
import type { ActorLogic, EventObject, Snapshot } from 'xstate';

export type InertSnapshot = Snapshot<unknown> & { readonly input?: unknown; taskId: string };

export const SETTLED = 'durable.activity.settled';

export interface ActivitySettled extends EventObject {
  readonly type: typeof SETTLED;
  readonly taskId: string;
  readonly result: { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown };
}

// The logic is handed every event of the actor system; the two that matter are told apart by type.
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
  // Only this logic made the stored value, and a misfit is caught by the audit.
  restoreSnapshot: (snapshot) => snapshot as InertSnapshot,
};

function stopped(snapshot: InertSnapshot): InertSnapshot {
  return { ...snapshot, status: 'stopped', output: undefined, error: undefined, input: undefined };
}
