/**
 * Turns that a machine could not take. The kind of the error and the name of the message tell them apart, so that a failure
 * that repeats opens one incident.
 */
import { type ActorMessage, recordedKindOf } from '../model/actor-message.js';
import type { BlockedTurn, Bookkeeping } from '../model/bookkeeping.js';
import { SnapshotIncompatibleError, UnknownMachineError } from '../model/durable-errors.js';
import { INCIDENTS, type IncidentKind } from '../model/incident-kinds.js';
import type { RuntimeStatus } from '../model/store.port.js';
import { toStoredError } from '../model/stored-error.js';
import type { TurnFact } from '../model/turn-fact.js';
import { causeOf, openIncident, type Position, type Resolver } from './incident-record.js';

type BlockedTurnKind = Extract<IncidentKind, 'snapshot_misfit' | 'machine_unknown' | 'turn_refused'>;

/** The deployed code cannot carry the stored actor on. */
export function isIncompatible(error: unknown): error is SnapshotIncompatibleError | UnknownMachineError {
  return error instanceof SnapshotIncompatibleError || error instanceof UnknownMachineError;
}

const kindOf = (error: unknown): BlockedTurnKind => (isIncompatible(error) ? error.code : 'turn_refused');

/** The same name identifies the message when it comes again: the id of its task, or the type of its event. */
export function nameOf(message: ActorMessage): string {
  switch (message.kind) {
    case 'timer':
    case 'activity.completed':
    case 'activity.failed':
      return message.taskId;
    case 'event':
      return message.event.type;
    case 'kept':
      return message.record.type;
    case 'command':
      return `durable.${message.command.type}`;
    case 'start':
    case 'reevaluate':
      return `durable.${recordedKindOf(message)}`;
  }
}

/** The history records which message was refused, and why. */
export function refusalFact(error: unknown, refused: ActorMessage): TurnFact {
  const { name, code, message } = toStoredError(error);
  return { type: 'turn.refused', data: { signal: nameOf(refused), error: { name, code, message } } };
}

/** @param fact redacted. @returns null when an incident of the same kind and message is open already. */
export function blockedTurnOf(
  error: unknown,
  refused: ActorMessage,
  open: readonly BlockedTurn[],
  position: Position,
  fact: TurnFact,
): BlockedTurn | null {
  const kind = kindOf(error);
  const message = kind === 'turn_refused' ? nameOf(refused) : null;
  if (open.some((each) => each.incident.kind === kind && each.message === message)) return null;
  const incident = openIncident(kind, INCIDENTS[kind], { ...position, name: kind }, causeOf(fact, kind));
  return { incident, message };
}

/** What may end a blocked turn: a message, and how it leaves the actor. */
export interface Unblocking {
  readonly cause: ActorMessage;
  readonly runtimeStatus: RuntimeStatus;
  readonly bookkeeping: Bookkeeping;
}

/** A machine that takes a turn is compatible. */
export function blockedTurnIsOver({
  cause,
  runtimeStatus,
  bookkeeping,
}: Unblocking): (blocked: BlockedTurn) => boolean {
  const hasEnded = runtimeStatus === 'completed' || runtimeStatus === 'terminated';
  const isRetried = cause.kind === 'command' && (cause.command.type === 'retry' || cause.command.type === 'skip');
  const done = nameOf(cause);
  return ({ message }) =>
    hasEnded || message === null || isRetried || message === done || !isPending(message, bookkeeping);
}

/** Only names of tasks contain `#`. An event is pending until the machine takes one of its type. */
function isPending(name: string, { running, timers }: Bookkeeping): boolean {
  return !name.includes('#') || name in running || timers.some((timer) => timer.taskId === name);
}

/** A deployment ended it. */
const COMPATIBLE_AGAIN: Resolver = { resolution: 'fits_again', by: null, reason: null };

/** @param resolver who or what moved the actor. */
export const resolverOfBlockedTurn = (resolver: Resolver, { message }: BlockedTurn): Resolver =>
  message === null && resolver.by === null ? COMPATIBLE_AGAIN : resolver;

/** Whether the actor's machine can take no message at all. */
export const hasIncompatible = ({ blockedTurns = [] }: Pick<Bookkeeping, 'blockedTurns'>): boolean =>
  blockedTurns.some(({ message }) => message === null);
