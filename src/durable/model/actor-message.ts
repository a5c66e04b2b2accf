/** Messages are the only ways into an actor. */
import type { ActorCommand } from './actor-command.js';
import type { EventRecord } from './store.port.js';
import type { StoredError } from './stored-error.js';

export type ActorMessage =
  | { readonly kind: 'start'; readonly input: unknown }
  | ({ readonly kind: 'event'; readonly event: ExternalEvent; readonly key: string | null } & ExpectedRevision)
  /** An operator acts on the actor itself; its machine does not see the command. */
  | ({ readonly kind: 'command'; readonly command: ActorCommand; readonly key: string | null } & ExpectedRevision)
  | RuntimeMessage;

interface ExpectedRevision {
  /** The actor must have one of these revisions; else the message is refused as `moved`, without a trace. Absent: any. */
  readonly ifRevision?: readonly number[] | undefined;
}

/** The runtime itself makes these. */
type RuntimeMessage =
  /** An event that came too early, offered again. */
  | { readonly kind: 'kept'; readonly record: EventRecord }
  /** No event: the runtime reads off again what the machine wants. Sent after a command changed the snapshot. */
  | { readonly kind: 'reevaluate' }
  | ResultMessage
  | { readonly kind: 'timer'; readonly taskId: string };

/** Every message but a command: the machine takes a turn for it. */
export type TurnMessage = Exclude<ActorMessage, { kind: 'command' }>;

/** How an activity ended. */
export type ResultMessage =
  | {
      readonly kind: 'activity.completed';
      readonly taskId: string;
      readonly output: unknown;
      readonly startedAt: number;
      /** The activity did not complete. An operator supplied the output. */
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
 * What became of a message.
 * - `applied`: the machine took it.
 * - `kept`: the machine cannot take it yet.
 * - `refused`: the machine can never take it, or its policy refuses it here.
 * - `duplicate`: an earlier message had the same key.
 * - `stale`: its task has ended.
 * - `exists`: the actor was started before.
 */
export type Disposition = 'applied' | 'kept' | 'refused' | 'duplicate' | 'stale' | 'exists';

/**
 * The kind of a message as history, incidents, metrics, logs and traces record it. There `reevaluate` is called `settle`:
 * stored rows and dashboards of earlier releases hold that word.
 */
export function recordedKindOf({ kind }: ActorMessage): string {
  return kind === 'reevaluate' ? 'settle' : kind;
}
