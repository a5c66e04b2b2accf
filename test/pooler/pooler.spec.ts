/** The store and two whole services behind a real PgBouncer in transaction mode. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { PARTNER_PREFIXES } from '../../src/config/env-schema.js';
import { createStore } from '../../src/store/store-factory.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { describeDurableStore } from '../contract/durable-store-contract.js';
import { describeIdempotencyStore } from '../contract/idempotency-contract.js';
import { describePush } from '../contract/push-contract.js';
import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { PushService } from '../e2e/push/push-service.js';
import { Pgbouncer } from './pgbouncer.js';

let server: PostgresServer;
let pooler: Pgbouncer;

beforeAll(async () => {
  server = await startPostgres();
  pooler = await Pgbouncer.start(server.url);
});
afterAll(async () => {
  await pooler.stop();
  await server.stop();
});

const pooled = () => ({ type: 'postgres', url: pooler.url, directUrl: server.url }) as const;

async function ask(sql: string): Promise<void> {
  const client = new Client(server.url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** An empty database of its own. */
async function fresh() {
  const name = `store_${randomUUID().replaceAll('-', '')}`;
  await ask(`CREATE DATABASE ${name}`);
  const at = (url: string): string => url.replace(/\/postgres$/, `/${name}`);
  return { type: 'postgres', url: at(pooler.url), directUrl: at(server.url) } as const;
}

describe('A store behind a pooler (G11)', () => {
  let opened: OpenStore;
  beforeAll(async () => {
    opened = await createStore(pooled());
  });
  afterAll(() => opened.close());

  describeDurableStore(() => opened.store);
  describeIdempotencyStore(() => opened, true);
  describePush(async () => createStore(await fresh()));

  it('a write that was refused for its time is not carried out later', async () => {
    const quick = await createStore({ ...pooled(), statementTimeoutMs: 200 });
    const other = new Client(server.url);
    await other.connect();
    await quick.store.registerNode('node', 1);
    await other.query('BEGIN; SELECT * FROM nodes FOR UPDATE');
    await expect(quick.store.renewNode('node', 2)).rejects.toThrow('cannot answer now');
    await other.query('COMMIT');
    const { rows } = await other.query(`SELECT alive_until FROM nodes WHERE node_id = 'node'`);
    expect(rows).toEqual([{ alive_until: '1' }]);
    await other.end();
    await quick.close();
  });

  it('no limit of one caller stays on a connection that the next one gets', async () => {
    const left = new Client(pooler.url);
    await left.connect();
    for (let n = 0; n < 20; n++) {
      await opened.store.removeNode('nobody');
      expect((await left.query('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '0' }]);
    }
    await left.end();
  });
});

describe('A pooler without the direct address of the server (G11)', () => {
  it.each([
    ['refuses the limits of a connection', []],
    ['drops them', ['options', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']],
  ])('is named at the start when it %s', async (_, ignore) => {
    await ask('ALTER ROLE postgres SET statement_timeout = 60000');
    const strict = await Pgbouncer.start(server.url, { ignore });
    await expect(createStore({ type: 'postgres', url: strict.url })).rejects.toMatchObject({
      code: 'database_behind_pooler',
      message: expect.stringContaining('DATABASE_DIRECT_URL') as string,
    });
    await strict.stop();
    await ask('ALTER ROLE postgres RESET statement_timeout');
  });
});

describe('Two services behind one pooler (G11)', () => {
  it('start together on an empty database, and finish each other’s orders', async () => {
    const { url, directUrl } = await fresh();
    const database = { DATABASE_URL: url, DATABASE_DIRECT_URL: directUrl };
    const left = await PushService.start(database);
    const partners = Object.values(PARTNER_PREFIXES).map((partner) => [`${partner}_SERVICE_URL`, left.sandboxUrl]);
    const right = await PushService.start({ ...database, ...(Object.fromEntries(partners) as Record<string, string>) });
    const ids = await Promise.all(Array.from({ length: 20 }, () => left.payable()));
    await Promise.all(ids.map((id) => right.pay(id)));
    await Promise.all(ids.map((id) => left.completed(id)));
    await right.close();
    await left.close();
  });
});
