/** The input and the result of a turn. */
import type { Disposition, TurnMessage } from '../model/actor-message.js';
import type { Bookkeeping, DurableTimer } from '../model/bookkeeping.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { EventRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { IncidentTag } from '../xstate/incident-tag.js';
import type { HydratedActor } from './hydrated-actor.js';

export interface TurnRequest {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  /** Null for the first turn. */
  readonly snapshot: string | null;
  readonly bookkeeping: Bookkeeping;
  readonly message: TurnMessage;
  /** Kept events in order of arrival. */
  readonly kept: readonly EventRecord[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** The actor in memory after the previous turn. Used if it stands at `snapshot`. Drop it when the turn throws. */
  readonly hydrated?: HydratedActor | null;
}

export interface TurnResult {
  readonly disposition: Disposition;
  /** Why the message was refused; else null. */
  readonly reason: string | null;
  /** Null when nothing changed. */
  readonly decided: TurnDecided | null;
  /** The first kept event that the actor can take now. */
  readonly nextKept: EventRecord | null;
  /** For the next turn. */
  readonly hydrated: HydratedActor;
}

export interface TurnDecided {
  readonly snapshot: string;
  readonly bookkeeping: Bookkeeping;
  readonly runtimeStatus: 'running' | 'completed' | 'failed';
  readonly status: string;
  readonly outcome: string | null;
  /** Null when the machine waits for no person. */
  readonly incident: IncidentTag | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly startActivities: readonly ScheduledActivity[];
  /** Tasks to delete: their activity has settled or was left, or their timer has fired or was cancelled. */
  readonly endedTasks: readonly string[];
  readonly setTimers: readonly DurableTimer[];
  readonly facts: readonly TurnFact[];
}
