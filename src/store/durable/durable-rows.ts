/** Converts rows of actors, tasks, events and incidents to the records of the store's port. */
import {
  type ActorHead,
  type ActorRecord,
  type EventRecord,
  type EventState,
  INCIDENT_ACTIONS,
  type IncidentRecord,
  type RuntimeStatus,
  type TaskKind,
  type TaskRecord,
} from '../../durable/store.js';
import type { Row } from '../database/database.port.js';
import { flag, integer, nullableInteger, nullableText, oneOf, text } from '../database/row-reader.js';

const RUNTIME_STATUSES: readonly RuntimeStatus[] = ['running', 'suspended', 'completed', 'failed', 'terminated'];
const TASK_KINDS: readonly TaskKind[] = ['activity', 'timer'];
const EVENT_STATES: readonly EventState[] = ['applied', 'kept', 'refused'];

export function actorHead(row: Row): ActorHead {
  return {
    actorId: text(row, 'actorId'),
    machineId: text(row, 'machineId'),
    machineVersion: text(row, 'machineVersion'),
    definitionHash: text(row, 'definitionHash'),
    revision: integer(row, 'revision'),
    runtimeStatus: oneOf(row, 'runtimeStatus', RUNTIME_STATUSES),
    status: text(row, 'status'),
    outcome: nullableText(row, 'outcome'),
    incident: flag(row, 'incident'),
    waitingFor: text(row, 'waitingFor'),
    attributes: text(row, 'attributes'),
    createdAt: integer(row, 'createdAt'),
    updatedAt: integer(row, 'updatedAt'),
    completedAt: nullableInteger(row, 'completedAt'),
  };
}

export function actorRecord(row: Row): ActorRecord {
  return {
    ...actorHead(row),
    snapshot: text(row, 'snapshot'),
    bookkeeping: text(row, 'bookkeeping'),
    historySeq: integer(row, 'historySeq'),
    keptEvents: integer(row, 'keptEvents'),
    uniqueKey: nullableText(row, 'uniqueKey'),
  };
}

export function taskRecord(row: Row): TaskRecord {
  return {
    taskId: text(row, 'taskId'),
    actorId: text(row, 'actorId'),
    kind: oneOf(row, 'kind', TASK_KINDS),
    dueAt: integer(row, 'dueAt'),
    ownerNode: nullableText(row, 'ownerNode'),
    deliveries: integer(row, 'deliveries'),
  };
}

export function eventRecord(row: Row): EventRecord {
  return {
    actorId: text(row, 'actorId'),
    key: text(row, 'key'),
    position: integer(row, 'position'),
    type: text(row, 'type'),
    event: text(row, 'event'),
    state: oneOf(row, 'state', EVENT_STATES),
    reason: nullableText(row, 'reason'),
    receivedAt: integer(row, 'receivedAt'),
    settledAt: nullableInteger(row, 'settledAt'),
  };
}

export function incidentRecord(row: Row): IncidentRecord {
  return {
    incidentId: text(row, 'incidentId'),
    actorId: nullableText(row, 'actorId'),
    subjectId: text(row, 'subjectId'),
    machineId: text(row, 'machineId'),
    kind: text(row, 'kind'),
    status: text(row, 'status'),
    cause: text(row, 'cause'),
    suggestedAction: oneOf(row, 'suggestedAction', INCIDENT_ACTIONS),
    advice: text(row, 'advice'),
    openedAt: integer(row, 'openedAt'),
    resolvedAt: nullableInteger(row, 'resolvedAt'),
    resolution: nullableText(row, 'resolution'),
    resolvedBy: nullableText(row, 'resolvedBy'),
    reason: nullableText(row, 'reason'),
  };
}
