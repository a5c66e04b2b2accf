/** What a turn is computed from, and what it decides. */
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
  /** Events kept so far, in order of arrival. */
  readonly kept: readonly EventRecord[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** As the turn before left it: used if it stands at `snapshot`. A turn that throws spoils it. */
  readonly hydrated?: HydratedActor | null;
}

export interface TurnResult {
  readonly disposition: Disposition;
  /** Why it was refused. */
  readonly reason: string | null;
  /** Absent when nothing changed. */
  readonly decided: TurnDecided | null;
  /** The first kept event the actor could take now. */
  readonly takeable: EventRecord | null;
  /** For a turn that goes on where this one ends. */
  readonly hydrated: HydratedActor;
}

export interface TurnDecided {
  readonly snapshot: string;
  readonly bookkeeping: Bookkeeping;
  readonly runtimeStatus: 'running' | 'completed' | 'failed';
  readonly status: string;
  readonly outcome: string | null;
  /** How it says that it waits for a person; null when it does not. */
  readonly incident: IncidentTag | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly startActivities: readonly ScheduledActivity[];
  /** Tasks that are done with: settled, left, fired or cancelled. */
  readonly endedTasks: readonly string[];
  readonly setTimers: readonly DurableTimer[];
  readonly facts: readonly TurnFact[];
}
