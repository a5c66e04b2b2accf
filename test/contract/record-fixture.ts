import { randomUUID } from 'node:crypto';
import type { ActorCommit, ActorRecord, EventRecord, HistoryRecord, TaskRecord } from '../../src/durable/store.js';

/** 2025-01-01; in milliseconds more than 32 bits hold. */
export const T0 = 1_735_689_600_000;

export function newId(): string {
  return randomUUID();
}

export function anActor(overrides: Partial<ActorRecord> = {}): ActorRecord {
  return {
    actorId: newId(),
    machineId: 'order',
    machineVersion: '1',
    definitionHash: 'hash',
    revision: 1,
    runtimeStatus: 'running',
    status: 'Starting',
    outcome: null,
    incident: false,
    waitingFor: '[]',
    attributes: '{}',
    createdAt: T0,
    updatedAt: T0,
    completedAt: null,
    snapshot: '{"value":"Starting"}',
    bookkeeping: '{}',
    historySeq: 0,
    keptEvents: 0,
    uniqueKey: null,
    ...overrides,
  };
}

export function aTask(actorId: string, overrides: Partial<TaskRecord> = {}): TaskRecord {
  return {
    taskId: newId(),
    actorId,
    kind: 'activity',
    dueAt: T0,
    ownerNode: null,
    deliveries: 0,
    ...overrides,
  };
}

export function aFact(actorId: string, seq: number, overrides: Partial<HistoryRecord> = {}): HistoryRecord {
  return { actorId, seq, revision: 1, at: T0, type: 'activity.completed', data: '{}', ...overrides };
}

export function anEvent(actorId: string, key: string, overrides: Partial<EventRecord> = {}): EventRecord {
  return {
    actorId,
    key,
    position: 1,
    type: 'payment.accepted',
    event: '{"type":"payment.accepted"}',
    state: 'applied',
    reason: null,
    receivedAt: T0,
    settledAt: T0,
    ...overrides,
  };
}

/** A first turn's commit of the actor, unless told otherwise. */
export function aCommit(actor: ActorRecord, overrides: Partial<Omit<ActorCommit, 'actor'>> = {}): ActorCommit {
  return {
    expectedRevision: actor.revision - 1,
    actor,
    addTasks: [],
    removeTaskIds: [],
    history: [],
    events: [],
    ...overrides,
  };
}

/** The actor one turn later. */
export function nextTurn(actor: ActorRecord, overrides: Partial<ActorRecord> = {}): ActorRecord {
  return { ...actor, revision: actor.revision + 1, updatedAt: actor.updatedAt + 1, ...overrides };
}
