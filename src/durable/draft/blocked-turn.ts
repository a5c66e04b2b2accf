/** Turns that a machine could not take, told apart by kind and by the message that was refused. */
import { toStoredError } from '../model/stored-error.js';
import type { BlockedTurn, Bookkeeping } from '../model/bookkeeping.js';
import { type Position, type Resolver, causeOf, openIncident } from './incident-record.js';
import { SnapshotIncompatibleError, UnknownMachineError } from '../model/durable-errors.js';
import { INCIDENTS, type IncidentKind } from '../model/incident-kinds.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { RuntimeStatus } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';

type BlockedTurnKind = Extract<IncidentKind, 'snapshot_misfit' | 'machine_unknown' | 'turn_refused'>;

/** The stored actor and the deployed code do not go together. */
export function isIncompatible(error: unknown): error is SnapshotIncompatibleError | UnknownMachineError {
  return error instanceof SnapshotIncompatibleError || error instanceof UnknownMachineError;
}

const kindOf = (error: unknown): BlockedTurnKind => (isIncompatible(error) ? error.code : 'turn_refused');

/** Names a message so that it is recognised when it comes again: the id of its task, or the type of its event. */
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
    case 'settle':
      return `durable.${message.kind}`;
  }
}

/** For the history: which message was refused, and why. */
export function refusalFact(error: unknown, refused: ActorMessage): TurnFact {
  const { name, code, message } = toStoredError(error);
  return { type: 'turn.refused', data: { signal: nameOf(refused), error: { name, code, message } } };
}

/** Null when such an incident is open already. @param fact redacted. */
export function blockedTurnOf(
  error: unknown,
  refused: ActorMessage,
  open: readonly BlockedTurn[],
  position: Position,
  fact: TurnFact,
): BlockedTurn | null {
  const kind = kindOf(error);
  const signal = kind === 'turn_refused' ? nameOf(refused) : null;
  if (open.some((each) => each.incident.kind === kind && each.signal === signal)) return null;
  const incident = openIncident(kind, INCIDENTS[kind], { ...position, name: kind }, causeOf(fact, kind));
  return { incident, signal };
}

/** What may end a blocked turn: the message, and how it leaves the actor. */
export interface Unblocking {
  readonly cause: ActorMessage;
  readonly runtimeStatus: RuntimeStatus;
  readonly bookkeeping: Bookkeeping;
}

/** A machine that takes a turn is compatible again. */
export function blockedTurnIsOver({
  cause,
  runtimeStatus,
  bookkeeping,
}: Unblocking): (blocked: BlockedTurn) => boolean {
  const hasEnded = runtimeStatus === 'completed' || runtimeStatus === 'terminated';
  const isRetried = cause.kind === 'command' && (cause.command.type === 'retry' || cause.command.type === 'skip');
  const done = nameOf(cause);
  return ({ signal }) => hasEnded || signal === null || isRetried || signal === done || !isPending(signal, bookkeeping);
}

/** The name of a task contains `#`; an event is pending until one of its type is taken. */
function isPending(name: string, { running, timers }: Bookkeeping): boolean {
  return !name.includes('#') || name in running || timers.some((timer) => timer.taskId === name);
}

/** A deployment ended it. */
const COMPATIBLE_AGAIN: Resolver = { resolution: 'fits_again', by: null, reason: null };

/** Who or what ended a blocked turn, when `resolver` moved the actor. */
export const resolverOfBlockedTurn = (resolver: Resolver, { signal }: BlockedTurn): Resolver =>
  signal === null && resolver.by === null ? COMPATIBLE_AGAIN : resolver;

export const hasIncompatible = (blockedTurns: readonly BlockedTurn[]): boolean =>
  blockedTurns.some(({ signal }) => signal === null);
