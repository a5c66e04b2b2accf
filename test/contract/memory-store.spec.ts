import { describeAuditLog } from './audit-contract.js';
import { describeRevocations } from './revocation-contract.js';
import { MemoryRevocations } from '../support/memory-revocations.js';
import { MemoryAuditLog } from '../support/memory-audit-log.js';
import { SimulatedDatabase } from '../simulator/simulated-database.js';
import type { DurableStore } from '../../src/durable/store.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { MemoryIdempotencyStore } from '../support/memory-idempotency-store.js';
import { describeIdempotencyStore } from './idempotency-contract.js';
import { describeClaims } from './claim-contract.js';
import type { ClaimStore } from './claim-scene.js';
import { describeSharedClaims } from './shared-claim-contract.js';
import { describeLists } from './list-contract.js';
import { describeUniqueKeys } from './unique-key-contract.js';
import { describePurges } from './purge-contract.js';

/** The stores that tests are made on keep those parts of the contract that the tests rest upon. */
describe('The store in memory', () => {
  const store = new MemoryStore();
  const idempotency = new MemoryIdempotencyStore(store);
  describeClaims(() => store);
  describeSharedClaims(() => store);
  describeLists(() => store);
  describeUniqueKeys(() => store);
  describePurges(() => store);
  describeIdempotencyStore(() => ({ store, idempotency }), true);
});

describe('The simulated database', () => {
  const database = new SimulatedDatabase({
    comparesRevision: true,
    checksClaimer: true,
    alone: false,
    onAccepted: () => undefined,
    onWritten: () => undefined,
    onTaken: () => undefined,
  });
  const { tasks } = database;
  const common: Pick<DurableStore, 'commit' | 'loadActor'> = {
    commit: (batch) => Promise.resolve(database.commit(batch, 'node')),
    loadActor: (actorId) => Promise.resolve(database.actors.get(actorId) ?? null),
  };
  const claims: ClaimStore = {
    ...common,
    claimDueTasks: (request) => Promise.resolve(tasks.claim(request)),
    nextDueAt: () => Promise.resolve(tasks.nextDueAt()),
    tasksOf: (actorId) => Promise.resolve(tasks.of(actorId)),
    tasksHeldBy: (nodeId) => Promise.resolve(tasks.heldBy(nodeId)),
    registerNode: (nodeId, aliveUntil) => Promise.resolve().then(() => database.registerNode(nodeId, aliveUntil)),
    renewNode: (nodeId, aliveUntil) => Promise.resolve(tasks.renew(nodeId, aliveUntil)),
    removeNode: (nodeId) => Promise.resolve().then(() => tasks.remove(nodeId)),
    databaseTime: () => Promise.resolve(null),
  };
  describeClaims(() => claims);
  describeSharedClaims(() => claims);
  describeUniqueKeys(() => ({
    ...common,
    findByUniqueKey: (machineId, uniqueKey) => Promise.resolve(database.findByUniqueKey(machineId, uniqueKey) ?? null),
  }));
});

describe('The audit log in memory', () => {
  describeAuditLog(() => Promise.resolve({ log: new MemoryAuditLog(), change: null }));
});

describe('Revocations in memory', () => {
  describeRevocations(() => {
    const store = new MemoryStore();
    return Promise.resolve({ store, revocations: new MemoryRevocations((id) => store.actors.has(id)) });
  });
});
