import { Client } from 'pg';
import { StoreUnavailableError } from '../../src/durable/store.js';
import { PostgresDataSource } from '../../src/store/database/postgres/postgres-data-source.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { describeAuditLog } from './audit-contract.js';
import { describeRevocations } from './revocation-contract.js';
import { describeStoreStats } from './store-stats-contract.js';
import { describeIdempotencyStore } from './idempotency-contract.js';
import { describeDurableStore } from './durable-store-contract.js';
import { describeSharedClaims } from './shared-claim-contract.js';
import { startPostgres } from './postgres-server.js';
import { describePush } from './push-contract.js';
import type { PostgresServer } from './postgres-server.js';
import { aCommit, aFact, anActor, aTask, newId, nextTurn, T0 } from './record-fixture.js';
import { describeSchema } from './schema-contract.js';

let server: PostgresServer;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  server = await startPostgres();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await server.stop();
});

async function admin(): Promise<Client> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  closing.push(() => client.end());
  return client;
}

/** An empty database of its own. */
async function freshUrl(): Promise<string> {
  const name = `store_${newId().replaceAll('-', '')}`;
  await (await admin()).query(`CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return url.toString();
}

async function open(url: string, poolSize?: number): Promise<OpenStore> {
  const opened = await createStore({ type: 'postgres', url, poolSize });
  closing.push(() => opened.close());
  return opened;
}

describe('The PostgreSQL store (G11)', () => {
  describe('the contract of a durable store', () => {
    let shared: OpenStore;
    beforeAll(async () => {
      shared = await createStore({ type: 'postgres', url: server.url });
    });
    afterAll(() => shared.close());
    describeDurableStore(() => shared.store);
    describeSharedClaims(() => shared.store);
    describeIdempotencyStore(() => shared, true);
  });

  describe('statistics', () => {
    describeStoreStats(async () => open(await freshUrl()));
  });

  describe('outbox and deliveries', () => {
    describePush(async () => open(await freshUrl()));
  });

  describeRevocations(async () => open(await freshUrl()));

  describeAuditLog(async () => {
    const url = await freshUrl();
    const { audit } = await open(url);
    const client = new Client({ connectionString: url });
    await client.connect();
    closing.push(() => client.end());
    return { log: audit, change: (sql) => client.query(sql) };
  });

  describe('schema', () => {
    describeSchema(async () => {
      const dataSource = await new PostgresDataSource({ url: await freshUrl() }).initialize();
      closing.push(() => dataSource.destroy());
      return dataSource;
    });
  });

  it('statements outside of a transaction run at READ COMMITTED, whatever the default of the database is', async () => {
    const url = await freshUrl();
    const client = new Client({ connectionString: url });
    await client.connect();
    closing.push(() => client.end());
    const name = new URL(url).pathname.slice(1);
    await client.query(`ALTER DATABASE "${name}" SET default_transaction_isolation TO 'serializable'`);
    const dataSource = await new PostgresDataSource({ url }).initialize();
    closing.push(() => dataSource.destroy());
    expect(await dataSource.query('SHOW transaction_isolation')).toEqual([{ transaction_isolation: 'read committed' }]);
  });

  it('several nodes that start together on an empty database create its schema once', async () => {
    const url = await freshUrl();
    const nodes = await Promise.all(Array.from({ length: 4 }, () => open(url, 1)));
    const actor = anActor();
    expect(await nodes[0]!.store.commit([aCommit(actor)])).toEqual(['committed']);
    expect(await nodes[3]!.store.loadActor(actor.actorId)).toStrictEqual(actor);
  });

  it('two nodes that write the same actors in opposite orders cause no deadlock, and each turn commits once (invariant 2)', async () => {
    const url = await freshUrl();
    const [left, right] = await Promise.all([open(url), open(url)]);
    const known = Array.from({ length: 60 }, () => anActor());
    await left.store.commit(known.map((actor) => aCommit(actor)));
    for (let round = 1; round <= 8; round++) {
      const turned = known.map((actor) => ({ ...actor, revision: round + 1, historySeq: round }));
      const created = Array.from({ length: 20 }, () => anActor());
      const batch = [
        ...turned.map((actor) => aCommit(actor, { history: [aFact(actor.actorId, round)] })),
        ...created.map((actor) => aCommit(actor)),
      ];
      const both = await Promise.all([left.store.commit(batch), right.store.commit([...batch].reverse())]);
      const [first, second] = [both[0], [...both[1]].reverse()];
      first.forEach((result, n) => {
        expect([result, second[n]].sort()).toEqual(['committed', 'conflict']);
      });
    }
    const history = await left.store.history({ actorId: known[0]!.actorId, afterSeq: 0, limit: 100 });
    expect(history.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('nodes that claim at the same time share out all tasks, each to one node', async () => {
    const url = await freshUrl();
    const stores = (await Promise.all([open(url), open(url)])).map(({ store }) => store);
    const actor = anActor();
    const tasks = Array.from({ length: 200 }, (_, n) => aTask(actor.actorId, { dueAt: T0 + n }));
    await stores[0]!.commit([aCommit(actor, { addTasks: tasks })]);
    const hands = await Promise.all(
      stores.map(async (store, n) => {
        const nodeId = `node-${n}`;
        await store.registerNode(nodeId, Number.MAX_SAFE_INTEGER);
        const mine: string[] = [];
        for (;;) {
          const claimed = await store.claimDueTasks({ nodeId, now: T0 + 1000, limit: 7, fromLostNodes: true });
          if (claimed.length === 0) return mine;
          mine.push(...claimed.map(({ taskId }) => taskId));
        }
      }),
    );
    expect(hands.flat().sort()).toEqual(tasks.map(({ taskId }) => taskId).sort());
  });

  it('registering a node keeps the other nodes', async () => {
    const { store } = await open(await freshUrl());
    await store.registerNode('one', T0);
    await store.registerNode('two', T0);
    expect(await store.renewNode('one', T0 + 1)).toBe(true);
  });

  it('the store recovers by itself when its connections are cut, idle or within a transaction', async () => {
    const url = await freshUrl();
    const { store } = await open(url, 2);
    const actor = anActor();
    await store.commit([aCommit(actor)]);
    const blocker = new Client({ connectionString: url });
    await blocker.connect();
    closing.push(() => blocker.end());
    const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';

    // The commit waits for a row that the blocker holds, and is cut there.
    await blocker.query('BEGIN');
    await blocker.query('SELECT 1 FROM actors FOR UPDATE');
    const outcome = store.commit([aCommit(nextTurn(actor))]).catch((error: unknown) => error);
    for (;;) {
      const { rowCount } = await blocker.query(`SELECT 1 ${others} AND wait_event_type = 'Lock'`);
      if (rowCount === 1) break;
    }
    await blocker.query(`SELECT pg_terminate_backend(pid) ${others}`);
    expect(await outcome).toBeInstanceOf(StoreUnavailableError);
    await blocker.query('COMMIT');
    expect(await store.commit([aCommit(nextTurn(actor))])).toEqual(['committed']);

    // Cut while idle: the pool may still hand out one connection that has not noticed.
    await blocker.query(`SELECT pg_terminate_backend(pid) ${others}`);
    for (;;) {
      const answer: unknown = await store.ping().catch((error: unknown) => error);
      if (answer === undefined) break;
      expect(answer).toBeInstanceOf(StoreUnavailableError);
    }
    expect((await store.loadHead(actor.actorId))?.revision).toBe(2);
  });

  it('the store is unavailable when nothing answers at its address', async () => {
    const gone = await startPostgres();
    const opened = await createStore({ type: 'postgres', url: gone.url });
    await gone.stop();
    await expect(opened.store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(opened.store.commit([aCommit(anActor())])).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(createStore({ type: 'postgres', url: gone.url })).rejects.toBeInstanceOf(StoreUnavailableError);
    await opened.close();
  });

  it('a closed store refuses every call and may be closed again', async () => {
    const opened = await open(await freshUrl());
    await opened.close();
    await expect(opened.store.ping()).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(opened.close()).resolves.toBeUndefined();
  });
});
