/**
 * Turns driver rows into the port's records, checking every field: a wrong type here means the schema and the statements
 * disagree. PostgreSQL gives bigint as text and booleans as such, SQLite gives numbers for both.
 */
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
import type { Row } from './database.port.js';

const RUNTIME_STATUSES: readonly RuntimeStatus[] = ['running', 'suspended', 'completed', 'failed', 'terminated'];
const TASK_KINDS: readonly TaskKind[] = ['activity', 'timer'];
const EVENT_STATES: readonly EventState[] = ['applied', 'kept', 'refused'];

function mismatch(field: string, value: unknown): Error {
  return new Error(`Column ${field} holds a ${value === null ? 'null' : typeof value} where none belongs`);
}

export function text(row: Row, field: string): string {
  const value = row[field];
  if (typeof value !== 'string') throw mismatch(field, value);
  return value;
}

/** A whole number that a JavaScript number holds exactly. */
export function integer(row: Row, field: string): number {
  const value = row[field];
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw mismatch(field, value);
  return number;
}

function optional<T>(row: Row, field: string, read: (row: Row, field: string) => T): T | null {
  return row[field] === null ? null : read(row, field);
}

export function nullableText(row: Row, field: string): string | null {
  return optional(row, field, text);
}

export function nullableInteger(row: Row, field: string): number | null {
  return optional(row, field, integer);
}

function flag(row: Row, field: string): boolean {
  const value = row[field];
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw mismatch(field, value);
}

export function oneOf<T extends string>(row: Row, field: string, allowed: readonly T[]): T {
  const value = row[field];
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw mismatch(field, value);
  return found;
}

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
