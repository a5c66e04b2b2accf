import { compiled } from '../support/compiled-sources.js';
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { StoreUnavailableError } from '../../src/durable/store.js';
import { DurableSqlStore } from '../../src/store/durable/durable-sql-store.js';
import { SqliteReaderDataSource, SqliteWriterDataSource } from '../../src/store/database/sqlite/sqlite-data-source.js';
import { SqliteDatabase } from '../../src/store/database/sqlite/sqlite-database.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import {
  COUNT_BACKLOG,
  COUNT_OPEN_ACTORS,
  COUNT_OPEN_INCIDENTS,
  COUNT_STUCK_ACTORS,
} from '../../src/store/durable/stats-statements.js';
import { describeAuditLog } from './audit-contract.js';
import { describeRevocations } from './revocation-contract.js';
import { SqlAuditLog } from '../../src/store/audit/sql-audit-log.js';
import { describeStoreStats } from './store-stats-contract.js';
import { describeIdempotencyStore } from './idempotency-contract.js';
import { describeDurableStore } from './durable-store-contract.js';
import { aCommit, aFact, anActor, aTask, newId, nextTurn, T0 } from './record-fixture.js';
import { describePush } from './push-contract.js';
import { describeSchema } from './schema-contract.js';

let folder: string;
const closing: (() => Promise<unknown>)[] = [];
const fresh = (): string => join(folder, newId(), 'deeper', 'orders.db');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-sqlite-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function open(path: string): Promise<OpenStore> {
  const opened = await createStore({ type: 'sqlite', path });
  closing.push(() => opened.close());
  return opened;
}

/** The two connections of a store, to look behind it. */
async function openParts(path: string) {
  const writer = await new SqliteWriterDataSource(path).initialize();
  closing.push(() => writer.destroy());
  const reader = await new SqliteReaderDataSource(path).initialize();
  closing.push(() => reader.destroy());
  const database = new SqliteDatabase(writer, reader);
  return { writer, reader, database, store: new DurableSqlStore(database) };
}

interface Holder {
  readonly process: ChildProcessWithoutNullStreams;
  readonly said: { readonly actorId?: string; readonly code?: string; readonly message?: string };
  readonly exited: Promise<unknown>;
}

/** Another process that opens the file; resolves with what it says. */
async function startHolder(path: string): Promise<Holder> {
  const child = spawn(process.execPath, [compiled('test/contract/sqlite-holder.js'), path]);
  const exited = once(child, 'exit');
  closing.push(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const said = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout)
      .once('line', resolve)
      .once('close', () => {
        reject(new Error('The process ended without a word'));
      });
  });
  // The holder's own answer.
  return { process: child, exited, said: JSON.parse(said) as Holder['said'] };
}

describe('The SQLite store', () => {
  describe('the contract of a durable store', () => {
    let shared: OpenStore;
    beforeAll(async () => {
      shared = await createStore({ type: 'sqlite', path: fresh() });
    });
    afterAll(() => shared.close());
    describeDurableStore(() => shared.store);
    describeIdempotencyStore(() => shared, false);
  });

  describe('outbox and deliveries', () => {
    describePush(() => open(fresh()));
  });

  describeRevocations(() => open(fresh()));

  describeAuditLog(async () => {
    const { writer, database } = await openParts(fresh());
    return { log: new SqlAuditLog(database), change: (sql) => writer.run(sql, []) };
  });

  describe('schema', () => {
    describeSchema(async () => (await openParts(fresh())).writer);
  });

  describe('statistics', () => {
    describeStoreStats(() => open(fresh()));

    it('statistics read only indexes, so ended actors and large columns are not touched', async () => {
      const { writer } = await openParts(fresh());
      for (const [sql, parameters] of [
        [COUNT_OPEN_ACTORS, []],
        [COUNT_OPEN_INCIDENTS, []],
        [COUNT_STUCK_ACTORS, [T0]],
        [COUNT_BACKLOG, [T0]],
      ] as const) {
        const plan = (await writer.run(`EXPLAIN QUERY PLAN ${sql}`, parameters)).map(({ detail }) => String(detail));
        const reads = plan.filter((line) => /^(SCAN|SEARCH) [ait] /.test(line));
        expect(reads.length).toBeGreaterThan(0);
        // The index of open actors, or of open incidents, is read whole; of tasks only what is due.
        for (const line of reads) {
          expect(line).toMatch(
            /^(SCAN a USING COVERING INDEX actors_open|SCAN i USING INDEX incidents_open|SEARCH t USING (COVERING )?INDEX tasks_(free|held) \(.*due_at<\?\))$/,
          );
        }
      }
    });
  });

  it('every commit is synced to a write-ahead log (G1)', async () => {
    const { writer } = await openParts(fresh());
    const settings = ['journal_mode', 'synchronous', 'foreign_keys'];
    const values = await Promise.all(
      settings.map(async (name) => Object.values((await writer.run(`PRAGMA ${name}`, []))[0]!)[0]),
    );
    expect(values).toEqual(['wal', 2, 1]);
  });

  it('a reopened store has everything that was committed (G1)', async () => {
    const path = fresh();
    const actor = anActor();
    const task = aTask(actor.actorId);
    const first = await open(path);
    await first.store.commit([aCommit(actor, { addTasks: [task], history: [aFact(actor.actorId, 1)] })]);
    await first.close();
    const { store } = await open(path);
    expect(await store.loadActor(actor.actorId)).toStrictEqual(actor);
    expect(await store.tasksOf(actor.actorId)).toStrictEqual([task]);
    expect(await store.history({ actorId: actor.actorId, afterSeq: 0, limit: 9 })).toHaveLength(1);
  });

  it('closing a store finishes its running writes and refuses later ones (G1, G21)', async () => {
    const path = fresh();
    const actors = Array.from({ length: 20 }, () => anActor());
    const first = await open(path);
    const commits = actors.map((actor) => first.store.commit([aCommit(actor)]));
    await first.close();
    expect((await Promise.all(commits)).flat()).toEqual(actors.map(() => 'committed'));
    await expect(first.store.commit([aCommit(anActor())])).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(first.store.loadActor('any')).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(first.close()).resolves.toBeUndefined();
    const { store } = await open(path);
    expect(await store.listActors({ filter: {}, limit: 100 })).toHaveLength(20);
  });

  it('a second store of the same process is refused the file by any path until the first is closed (G10)', async () => {
    const path = fresh();
    const first = await open(path);
    await expect(open(path)).rejects.toMatchObject({
      code: 'database_in_use',
      message: expect.stringContaining(path) as string,
    });
    const link = join(folder, `${newId()}.db`);
    await symlink(path, link);
    await expect(open(link)).rejects.toMatchObject({ code: 'database_in_use' });
    expect(await first.store.commit([aCommit(anActor())])).toEqual(['committed']);
    await first.close();
    await expect(open(path)).resolves.toBeDefined();
  });

  it('a second process is refused the file, and the message names the file and says what to do (G10)', async () => {
    const path = fresh();
    await open(path);
    const { said, exited } = await startHolder(path);
    expect(said.code).toBe('database_in_use');
    expect(said.message).toContain(path);
    expect(said.message).toContain('stop the other one, choose another file, or use PostgreSQL');
    await exited;
  });

  it('after a kill -9 the file can be opened at once and holds everything that was acknowledged (G1, G10)', async () => {
    const path = fresh();
    const { process: holder, said, exited } = await startHolder(path);
    await expect(open(path)).rejects.toMatchObject({ code: 'database_in_use' });
    holder.kill('SIGKILL');
    await exited;
    const { store } = await open(path);
    expect(await store.loadActor(said.actorId!)).not.toBeNull();
  });

  it('a database in memory is refused, because no crash would leave it', async () => {
    await expect(open(':memory:')).rejects.toThrow('path of a file');
  });

  it('reads never show uncommitted writes', async () => {
    const { database, store } = await openParts(fresh());
    const actor = anActor();
    const key = [actor.actorId];
    await store.commit([aCommit(actor)]);
    await database.transaction(async (run) => {
      await run(`UPDATE actors SET status = 'Uncommitted' WHERE actor_id = $1`, key);
      expect((await store.loadHead(actor.actorId))?.status).toBe('Starting');
      expect((await store.listActors({ filter: {}, limit: 1 }))[0]?.status).toBe('Starting');
    });
    expect((await store.loadHead(actor.actorId))?.status).toBe('Uncommitted');
  });

  it('a full disk makes the store unavailable, loses nothing, and the store recovers with it (G1)', async () => {
    const { writer, store } = await openParts(fresh());
    const actor = anActor();
    await store.commit([aCommit(actor)]);
    const [size] = await writer.run('PRAGMA page_count', []);
    await writer.run(`PRAGMA max_page_count = ${String(size?.['page_count'])}`, []);
    const large = nextTurn(actor, { snapshot: JSON.stringify('x'.repeat(1_000_000)) });
    const failure: unknown = await store.commit([aCommit(anActor()), aCommit(large)]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnavailableError);
    expect(failure).toMatchObject({ code: 'store_unavailable', cause: { code: 'SQLITE_FULL' } });
    expect(await store.loadActor(actor.actorId)).toStrictEqual(actor);
    expect(await store.listActors({ filter: {}, limit: 9 })).toHaveLength(1);
    await writer.run('PRAGMA max_page_count = 1000000', []);
    expect(await store.commit([aCommit(large)])).toEqual(['committed']);
  });

  it('registering a node removes all others and frees their tasks at once (G7)', async () => {
    const { store } = await open(fresh());
    const actor = anActor();
    await store.registerNode('before', T0 + 60_000);
    await store.commit([aCommit(actor, { addTasks: [aTask(actor.actorId, { ownerNode: 'before' })] })]);
    await store.registerNode('after', T0 + 60_000);
    expect((await store.tasksOf(actor.actorId))[0]?.ownerNode).toBeNull();
    expect(await store.renewNode('before', T0 + 60_000)).toBe(false);
    expect(await store.claimDueTasks({ nodeId: 'after', now: T0, limit: 10, fromLostNodes: false })).toHaveLength(1);
  });
});
