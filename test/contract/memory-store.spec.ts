import { describeAuditLog } from './audit-contract.js';
import { describeRevocations } from './revocation-contract.js';
import { MemoryRevocations } from '../support/memory-revocations.js';
import { MemoryAuditLog } from '../support/memory-audit-log.js';
import { SimulatedDatabase } from '../simulator/simulated-database.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { MemoryIdempotencyStore } from '../support/memory-idempotency-store.js';
import { describeIdempotencyStore } from './idempotency-contract.js';
import { describeLists } from './list-contract.js';
import { describeUniqueKeys } from './unique-key-contract.js';
import { describePurges } from './purge-contract.js';

/** The stores that tests are made on keep those parts of the contract that the tests rest upon. */
describe('The store in memory', () => {
  const store = new MemoryStore();
  const idempotency = new MemoryIdempotencyStore(store);
  describeLists(() => store);
  describeUniqueKeys(() => store);
  describePurges(() => store);
  describeIdempotencyStore(() => ({ store, idempotency }), true);
});

describe('The simulated database', () => {
  const database = new SimulatedDatabase({ comparesRevision: true, alone: false, onWritten: () => undefined });
  describeUniqueKeys(() => ({
    commit: (batch) => Promise.resolve(database.commit(batch)),
    loadActor: (actorId) => Promise.resolve(database.actors.get(actorId) ?? null),
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
