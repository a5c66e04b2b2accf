import type { ActorRecord, IncidentRecord } from './store.port.js';

/** The runtime's own notes about one actor, stored beside its snapshot in the same transaction. */

export interface DurableTimer {
  readonly taskId: string;
  /** Path of the actor that set the timer: it dies with it. */
  readonly owner: string;
  /** Path of the actor that gets the event. */
  readonly target: string;
  /** The machine's own id of the delayed event, by which it cancels it. */
  readonly sendId: string | null;
  /** A timer of the same name was set after it, or has fired: cancelling that name does not reach it any more. */
  readonly detached?: true;
  readonly dueAt: number;
  readonly event: { readonly type: string };
}

export interface ActivityAttempts {
  /** Part of the idempotency key: one more for each call that is not a try of the one before. */
  readonly occurrence: number;
  /** Tries that failed since the occurrence began. */
  readonly failed: number;
  readonly succeeded: boolean;
  /** Hash of the input: the same input is the same call. */
  readonly input: string;
}

export interface Bookkeeping {
  readonly timers: readonly DurableTimer[];
  readonly activities: Readonly<Record<string, ActivityAttempts>>;
  /** Running activities by task id, for `waitingFor` and to notice the ones that left. */
  readonly running: Readonly<Record<string, RunningActivity>>;
  /** Number of the last task; a task's name is never used twice. */
  readonly lastTask: number;
  /** The machine's own incident that is open, if any. */
  readonly incident?: IncidentRecord;
  /** Open incidents of other kinds: why it could not take a turn. */
  readonly troubles?: readonly BlockedTurn[];
  /** Since when nothing moves. */
  readonly suspendedAt?: number;
  /** Where the actor stood before the turn in which its machine failed: what a retry goes back to. */
  readonly failedFrom?: { readonly snapshot: string; readonly timers: readonly DurableTimer[] };
}

export interface BlockedTurn {
  readonly incident: IncidentRecord;
  /** The signal that was refused, by name: the id of a task, or the type of an event. Null when none can be taken. */
  readonly signal: string | null;
}

export interface RunningActivity {
  readonly activityId: string;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly scheduledAt: number;
}

export const emptyBookkeeping: Bookkeeping = { timers: [], activities: {}, running: {}, lastTask: 0 };

/** The notes of an actor as it is stored. */
export function bookkeepingOf(record: Pick<ActorRecord, 'bookkeeping'>): Bookkeeping {
  return JSON.parse(record.bookkeeping) as Bookkeeping; // written by the draft
}

/** What an actor is waiting for, as lists and status calls show it. */
export type WaitingFor =
  | { readonly kind: 'activity'; readonly name: string; readonly attempt: number; readonly since: number }
  | { readonly kind: 'timer'; readonly name: string; readonly dueAt: number };

export function waitingFor(book: Bookkeeping): WaitingFor[] {
  return [
    ...Object.values(book.running).map((note): WaitingFor => ({
      kind: 'activity',
      name: note.activityId,
      attempt: note.attempt,
      since: note.scheduledAt,
    })),
    ...book.timers.map((timer): WaitingFor => ({ kind: 'timer', name: timer.event.type, dueAt: timer.dueAt })),
  ];
}
