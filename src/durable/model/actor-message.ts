import type { StoredError } from './stored-error.js';
import type { ActorCommand } from './actor-command.js';
import type { EventRecord } from './store.port.js';

/** What one turn is about: the only ways into an actor. */
export type ActorMessage =
  | { readonly kind: 'start'; readonly input: unknown }
  | ({ readonly kind: 'event'; readonly event: ExternalEvent; readonly key: string | null } & ExpectedRevision)
  /** An operator acts on the actor as such, past its machine. */
  | ({ readonly kind: 'command'; readonly command: ActorCommand; readonly key: string | null } & ExpectedRevision)
  | RuntimeMessage;

/** Only for the actor as somebody has seen it. */
interface ExpectedRevision {
  /** Revisions, any of which the actor must have; else the signal is refused as `moved`, without a trace. Absent: any. */
  readonly ifRevision?: readonly number[] | undefined;
}

/** Signals the runtime itself makes. */
type RuntimeMessage =
  /** An event that came too early, offered again. */
  | { readonly kind: 'kept'; readonly record: EventRecord }
  /** Nothing happened to the machine, but what it wants is to be read off again: after a command changed its snapshot. */
  | { readonly kind: 'settle' }
  | ResultMessage
  | { readonly kind: 'timer'; readonly taskId: string };

/** What a machine takes a turn for: every message but a command. */
export type TurnMessage = Exclude<ActorMessage, { kind: 'command' }>;

/** How an activity ended. */
export type ResultMessage =
  | {
      readonly kind: 'activity.completed';
      readonly taskId: string;
      readonly output: unknown;
      readonly startedAt: number;
      /** It did not: an operator says what it would have answered. */
      readonly skipped?: true;
    }
  | {
      readonly kind: 'activity.failed';
      readonly taskId: string;
      readonly error: StoredError;
      readonly startedAt: number;
    };

export interface ExternalEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * What became of a signal.
 * - `applied`: the machine took it. `kept`: it cannot yet. `refused`: it never can, or its policy says so.
 * - `duplicate`: its key was seen before. `stale`: it belongs to a task that is no more. `exists`: started already.
 */
export type Disposition = 'applied' | 'kept' | 'refused' | 'duplicate' | 'stale' | 'exists';
