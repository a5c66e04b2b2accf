/**
 * The runtime's own record of one actor, stored as JSON beside its snapshot in the same transaction (invariant 2).
 *
 * Two fields have other names where they are stored. Only {@link readBookkeeping} and {@link writeBookkeeping} know them.
 */
import type { ActorRecord, IncidentRecord } from './store.port.js';

export interface DurableTimer {
  readonly taskId: string;
  /** Path of the actor that set the timer. The timer ends with it. */
  readonly owner: string;
  /** Path of the actor that receives the event. */
  readonly target: string;
  /** The machine cancels the delayed event by this id. */
  readonly sendId: string | null;
  /** The machine can no longer cancel it by its `sendId`: a timer of the same name was set later, or has fired. */
  readonly detached?: true;
  /** Epoch milliseconds. */
  readonly dueAt: number;
  readonly event: { readonly type: string };
}

export interface ActivityAttempts {
  /** Part of the idempotency key. It grows with each new call; another attempt of the same call keeps it. */
  readonly occurrence: number;
  /** Attempts of this occurrence that failed. */
  readonly failed: number;
  readonly succeeded: boolean;
  /** Hash of the input. A call with the same input is the same call. */
  readonly input: string;
}

export interface RunningActivity {
  readonly activityId: string;
  /** From 1. */
  readonly attempt: number;
  readonly idempotencyKey: string;
  /** Epoch milliseconds. */
  readonly scheduledAt: number;
}

/** A turn that the machine could not take, with its open incident. */
export interface BlockedTurn {
  readonly incident: IncidentRecord;
  /** Name of the refused message: the id of a task, or the type of an event. Null when the machine can take no message. */
  readonly message: string | null;
}

/** A retry of a failed actor goes back to it. */
export interface StateBeforeFailure {
  readonly snapshot: string;
  readonly timers: readonly DurableTimer[];
}

export interface Bookkeeping {
  readonly timers: readonly DurableTimer[];
  readonly activities: Readonly<Record<string, ActivityAttempts>>;
  /** By task id. */
  readonly running: Readonly<Record<string, RunningActivity>>;
  /** Number of the last task. A task id is never used twice. */
  readonly lastTask: number;
  /** The machine's own open incident. */
  readonly incident?: IncidentRecord;
  readonly blockedTurns?: readonly BlockedTurn[];
  /** Epoch milliseconds; only while the actor is suspended. */
  readonly suspendedAt?: number;
  readonly stateBeforeFailure?: StateBeforeFailure;
}

interface StoredBlockedTurn {
  readonly incident: IncidentRecord;
  readonly signal: string | null;
}

type Added = 'advice' | 'subjectId';
/** Incidents of the first release have no advice and no subject. */
type StoredIncident = Omit<IncidentRecord, Added> & Partial<Pick<IncidentRecord, Added>>;

type Changed = 'blockedTurns' | 'incident' | 'stateBeforeFailure';

interface StoredBookkeeping extends Omit<Bookkeeping, Changed> {
  readonly incident?: StoredIncident;
  readonly failedFrom?: StateBeforeFailure;
  readonly troubles?: readonly StoredBlockedTurn[];
}

export const emptyBookkeeping: Bookkeeping = { timers: [], activities: {}, running: {}, lastTask: 0 };

export function readBookkeeping({ bookkeeping }: Pick<ActorRecord, 'bookkeeping'>): Bookkeeping {
  const stored = JSON.parse(bookkeeping) as StoredBookkeeping; // written by writeBookkeeping
  const { failedFrom, troubles, incident, ...rest } = stored;
  if (failedFrom === undefined && troubles === undefined && incident === undefined) return rest;
  return {
    ...rest,
    ...(incident === undefined ? {} : { incident: completed(incident) }),
    ...(failedFrom === undefined ? {} : { stateBeforeFailure: failedFrom }),
    ...(troubles === undefined
      ? {}
      : { blockedTurns: troubles.map(({ incident, signal }) => ({ incident, message: signal })) }),
  };
}

/** @returns JSON. */
export function writeBookkeeping({ stateBeforeFailure, blockedTurns, ...rest }: Bookkeeping): string {
  const stored: StoredBookkeeping = {
    ...rest,
    ...(stateBeforeFailure === undefined ? {} : { failedFrom: stateBeforeFailure }),
    ...(blockedTurns === undefined
      ? {}
      : { troubles: blockedTurns.map(({ incident, message }) => ({ incident, signal: message })) }),
  };
  return JSON.stringify(stored);
}

function completed({ advice, subjectId, ...incident }: StoredIncident): IncidentRecord {
  return { ...incident, advice: advice ?? incident.suggestedAction, subjectId: subjectId ?? incident.actorId ?? '' };
}

/** What an actor waits for, as lists and status calls show it. */
export type WaitingFor =
  | { readonly kind: 'activity'; readonly name: string; readonly attempt: number; readonly since: number }
  | { readonly kind: 'timer'; readonly name: string; readonly dueAt: number };

export function waitingFor({ running, timers }: Pick<Bookkeeping, 'running' | 'timers'>): WaitingFor[] {
  return [
    ...Object.values(running).map(({ activityId, attempt, scheduledAt }): WaitingFor => ({
      kind: 'activity',
      name: activityId,
      attempt,
      since: scheduledAt,
    })),
    ...timers.map(({ event, dueAt }): WaitingFor => ({ kind: 'timer', name: event.type, dueAt })),
  ];
}
