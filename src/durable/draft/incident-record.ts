/** Incident rows as a draft makes them: opened with what led to them, resolved with who or what did it. */
import type { ActorCommand } from '../model/actor-command.js';
import { INCIDENTS, type IncidentAdvice, type IncidentKind } from '../model/incident-kinds.js';
import type { IncidentTag } from '../xstate/incident-tag.js';
import { type JsonObject, isObject } from '../json/json-object.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { IncidentRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';

/** Who or what moved the actor, in the words of {@link IncidentRecord.resolution}. */
export interface Resolver {
  readonly resolution: string;
  readonly by: string | null;
  readonly reason: string | null;
}

export function resolverOf(message: ActorMessage): Resolver {
  switch (message.kind) {
    case 'command':
      return commandResolver(message.command);
    case 'event': {
      const { type, reason } = message.event;
      return { resolution: type, by: null, reason: typeof reason === 'string' ? reason : null };
    }
    case 'kept':
      return { resolution: message.record.type, by: null, reason: null };
    case 'timer':
    case 'start':
    case 'settle':
    case 'activity.completed':
    case 'activity.failed':
      return { resolution: message.kind, by: null, reason: null };
  }
}

const COMMANDED = { suspend: 'suspended', resume: 'resumed', terminate: 'terminated', skip: 'skipped' } as const;

function commandResolver(command: ActorCommand): Resolver {
  const { by, reason } = command;
  if (command.type === 'retry') return { resolution: command.patch === null ? 'retried' : 'edited', by, reason };
  return { resolution: COMMANDED[command.type], by, reason };
}

export interface Position {
  readonly actorId: string;
  readonly machineId: string;
  readonly status: string;
  readonly revision: number;
  readonly now: number;
  /** Sets it apart from others of the same revision. */
  readonly name?: string;
}

/** JSON object in {@link IncidentRecord.cause}. */
export interface IncidentCause {
  /** Stable. */
  readonly code: string;
  readonly message: string;
  /** The fact that led to it, as in the history. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What leads to an incident, latest first to be looked for. */
const CAUSES = new Set(['actor.failed', 'activity.failed', 'activity.completed', 'event.received', 'timer.fired']);

const NO_FACT: TurnFact = { type: 'state.changed', data: {} };

/** The machine parked itself in a state tagged `incident`, or ended in an error. @param mark null for the latter. */
export function openedByMachine(mark: IncidentTag | null, stand: Position, facts: readonly TurnFact[]): IncidentRecord {
  const fact = facts.findLast((each) => CAUSES.has(each.type)) ?? NO_FACT;
  const ownKind = mark === null ? 'machine_failed' : kindOfPark(fact);
  const kind = mark?.kind ?? ownKind;
  const advice = { ...INCIDENTS[ownKind], ...(mark?.advice === undefined ? {} : { advice: mark.advice }) };
  const cause = causeOf(fact, mark?.kind);
  return openIncident(
    kind,
    { ...advice, ...(mark?.action === undefined ? {} : { action: mark.action }) },
    stand,
    cause,
  );
}

function kindOfPark({ type, data }: TurnFact): IncidentKind {
  if (type !== 'activity.failed') return 'machine_waits';
  const { code, retryable } = errorOf(data);
  if (code === 'activity_poison') return 'activity_poison';
  return retryable === false ? 'activity_refused' : 'retries_exhausted';
}

export function openIncident(
  kind: string,
  { action, advice }: IncidentAdvice,
  stand: Position,
  cause: IncidentCause,
): IncidentRecord {
  const { actorId, machineId, status, now } = stand;
  return {
    incidentId:
      stand.name === undefined ? `${actorId}:${stand.revision}` : `${actorId}:${stand.revision}:${stand.name}`,
    actorId,
    subjectId: actorId,
    machineId,
    kind,
    status,
    cause: JSON.stringify(cause),
    suggestedAction: action,
    advice,
    openedAt: now,
    resolvedAt: null,
    resolution: null,
    resolvedBy: null,
    reason: null,
  };
}

/** @param code when the machine says what it is about. */
export function causeOf({ type, data }: TurnFact, code?: string): IncidentCause {
  const error = errorOf(data);
  const event = isObject(data['event']) && typeof data['event']['type'] === 'string' ? data['event']['type'] : null;
  return {
    code: code ?? text(error['code']) ?? text(data['reason']) ?? event ?? type.replaceAll('.', '_'),
    message: text(error['message']) ?? describe(type, event ?? text(data['activityId'])),
    type,
    data,
  };
}

/** `activity.completed` of `payment/startPayment` is "payment/startPayment: activity completed". */
function describe(type: string, about: string | null): string {
  const what = type.replaceAll('.', ' ').replaceAll('_', ' ');
  return about === null ? what : `${about}: ${what}`;
}

function errorOf(data: TurnFact['data']): JsonObject {
  return isObject(data['error']) ? data['error'] : {};
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function resolveIncident(open: IncidentRecord, mover: Resolver, now: number): IncidentRecord {
  return { ...open, resolvedAt: now, resolution: mover.resolution, resolvedBy: mover.by, reason: mover.reason };
}
