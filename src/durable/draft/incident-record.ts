/**
 * Rows of incidents: opened with the fact that led to them, resolved with who or what ended them.
 *
 * Leaves to others: which incidents are open (incident-log.ts).
 */
import type { ActorCommand } from '../model/actor-command.js';
import { type ActorMessage, recordedKindOf } from '../model/actor-message.js';
import { INCIDENTS, type IncidentAdvice, type IncidentKind } from '../model/incident-kinds.js';
import type { IncidentRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import { isObject, type JsonObject } from '../json/json-object.js';
import type { IncidentTag } from '../xstate/incident-tag.js';

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
    case 'reevaluate':
    case 'activity.completed':
    case 'activity.failed':
      return { resolution: recordedKindOf(message), by: null, reason: null };
  }
}

const COMMANDED = { suspend: 'suspended', resume: 'resumed', terminate: 'terminated', skip: 'skipped' } as const;

function commandResolver(command: ActorCommand): Resolver {
  const { by, reason } = command;
  if (command.type === 'retry') return { resolution: command.patch === null ? 'retried' : 'edited', by, reason };
  return { resolution: COMMANDED[command.type], by, reason };
}

/** Where the actor is when an incident opens. */
export interface Position {
  readonly actorId: string;
  readonly machineId: string;
  readonly status: string;
  readonly revision: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Part of the incident's id, where one revision may open several. */
  readonly name?: string;
}

/** JSON object in {@link IncidentRecord.cause}. */
export interface IncidentCause {
  /** Stable. */
  readonly code: string;
  readonly message: string;
  /** Type of the fact that led to the incident, as in the history. */
  readonly type: string;
  /** Data of that fact. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Types of facts that can lead to an incident. The latest one of a turn did. */
const CAUSES = new Set(['actor.failed', 'activity.failed', 'activity.completed', 'event.received', 'timer.fired']);

const NO_FACT: TurnFact = { type: 'state.changed', data: {} };

/**
 * @param tag of the state that waits for a person; null when the machine failed.
 * @param registered kinds and advice of the machine's registration.
 */
export function openedByMachine(
  tag: IncidentTag | null,
  position: Position,
  facts: readonly TurnFact[],
  registered: Readonly<Record<string, IncidentAdvice>>,
): IncidentRecord {
  const fact = facts.findLast((each) => CAUSES.has(each.type)) ?? NO_FACT;
  const ownKind = tag === null ? 'machine_failed' : waitingKindOf(fact);
  const code = text(errorOf(fact.data)['code']);
  const kind = tag?.kind ?? (tag !== null && code !== null && Object.hasOwn(registered, code) ? code : ownKind);
  const { action, advice } = { ...INCIDENTS[ownKind], ...registered[kind], ...tag };
  return openIncident(kind, { action, advice }, position, causeOf(fact, tag?.kind));
}

function waitingKindOf({ type, data }: TurnFact): IncidentKind {
  if (type !== 'activity.failed') return 'machine_waits';
  const { code, retryable } = errorOf(data);
  if (code === 'activity_poison') return 'activity_poison';
  return retryable === false ? 'activity_refused' : 'retries_exhausted';
}

export function openIncident(
  kind: string,
  { action, advice }: IncidentAdvice,
  { actorId, machineId, status, revision, now, name }: Position,
  cause: IncidentCause,
): IncidentRecord {
  return {
    incidentId: name === undefined ? `${actorId}:${revision}` : `${actorId}:${revision}:${name}`,
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

/** @param code the machine's own; without one the fact gives it. */
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

/** `activity.completed` of `payment/startPayment` becomes "payment/startPayment: activity completed". */
function describe(type: string, about: string | null): string {
  const what = type.replaceAll('.', ' ').replaceAll('_', ' ');
  return about === null ? what : `${about}: ${what}`;
}

function errorOf(data: TurnFact['data']): JsonObject {
  return isObject(data['error']) ? data['error'] : {};
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function resolveIncident(open: IncidentRecord, resolver: Resolver, now: number): IncidentRecord {
  const { resolution, by, reason } = resolver;
  return { ...open, resolvedAt: now, resolution, resolvedBy: by, reason };
}
