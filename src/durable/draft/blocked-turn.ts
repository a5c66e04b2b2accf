/** What keeps a machine from taking a turn at all: told apart by kind and by the signal that was refused. */
import { toStoredError } from '../model/stored-error.js';
import type { BlockedTurn, Bookkeeping } from '../model/bookkeeping.js';
import { type Position, type Resolver, causeOf, openIncident } from './incident-record.js';
import { SnapshotIncompatibleError, UnknownMachineError } from '../model/durable-errors.js';
import { INCIDENTS, type IncidentKind } from '../model/incident-kinds.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { RuntimeStatus } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';

type BlockedTurnKind = Extract<IncidentKind, 'snapshot_misfit' | 'machine_unknown' | 'turn_refused'>;

/** The actor as it is stored and the code as it is deployed do not go together. */
export function isIncompatible(error: unknown): error is SnapshotIncompatibleError | UnknownMachineError {
  return error instanceof SnapshotIncompatibleError || error instanceof UnknownMachineError;
}

const kindOf = (error: unknown): BlockedTurnKind => (isIncompatible(error) ? error.code : 'turn_refused');

/** By what name a refused signal is known again: the id of its task, or the type of its event. */
export function nameOf(signal: ActorMessage): string {
  switch (signal.kind) {
    case 'timer':
    case 'activity.completed':
    case 'activity.failed':
      return signal.taskId;
    case 'event':
      return signal.event.type;
    case 'kept':
      return signal.record.type;
    case 'command':
      return `durable.${signal.command.type}`;
    case 'start':
    case 'settle':
      return `durable.${signal.kind}`;
  }
}

/** For the history: which signal was refused, and why. */
export function refusalFact(error: unknown, signal: ActorMessage): TurnFact {
  const { name, code, message } = toStoredError(error);
  return { type: 'turn.refused', data: { signal: nameOf(signal), error: { name, code, message } } };
}

/** Null when it is open already. @param fact redacted. */
export function blockedTurnOf(
  error: unknown,
  signal: ActorMessage,
  open: readonly BlockedTurn[],
  stand: Position,
  fact: TurnFact,
): BlockedTurn | null {
  const kind = kindOf(error);
  const name = kind === 'turn_refused' ? nameOf(signal) : null;
  if (open.some((each) => each.incident.kind === kind && each.signal === name)) return null;
  const cause = causeOf(fact, kind);
  return { incident: openIncident(kind, INCIDENTS[kind], { ...stand, name: kind }, cause), signal: name };
}

/** As a revision finds it that the actor's machine, or an operator, has made. */
export interface Revised {
  readonly signal: ActorMessage;
  readonly runtimeStatus: RuntimeStatus;
  readonly book: Bookkeeping;
}

/** Whether a revision ends the trouble. A machine that takes a turn fits. */
export function isOver({ signal, runtimeStatus, book }: Revised): (trouble: BlockedTurn) => boolean {
  const hasEnded = runtimeStatus === 'completed' || runtimeStatus === 'terminated';
  const isTakenUp = signal.kind === 'command' && (signal.command.type === 'retry' || signal.command.type === 'skip');
  const done = nameOf(signal);
  return (trouble) =>
    hasEnded || trouble.signal === null || isTakenUp || trouble.signal === done || !isPending(trouble.signal, book);
}

/** The name of a task says so; an event is pending until one of its kind is taken. */
function isPending(name: string, { running, timers }: Bookkeeping): boolean {
  return !name.includes('#') || name in running || timers.some((timer) => timer.taskId === name);
}

/** Nobody did anything but deploy. */
const FITS_AGAIN: Resolver = { resolution: 'fits_again', by: null, reason: null };

/** Who or what ended the trouble, when `mover` moved the actor. */
export const endedBy = (mover: Resolver, { signal }: BlockedTurn): Resolver =>
  signal === null && mover.by === null ? FITS_AGAIN : mover;

export const hasIncompatible = (troubles: readonly BlockedTurn[]): boolean =>
  troubles.some((trouble) => trouble.signal === null);
