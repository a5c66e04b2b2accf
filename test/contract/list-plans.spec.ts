import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'typeorm';
import type { ActorFilter } from '../../src/durable/store.js';
import { DurableSqlStore } from '../../src/store/durable/durable-sql-store.js';
import { SqliteReaderDataSource, SqliteWriterDataSource } from '../../src/store/database/sqlite/sqlite-data-source.js';
import { SqliteDatabase } from '../../src/store/database/sqlite/sqlite-database.js';
import { T0 } from './record-fixture.js';

/** The statements that lists ask, as they reach the driver. */
class Overhearing implements Logger {
  last: { readonly sql: string; readonly parameters: unknown[] } = { sql: '', parameters: [] };

  logQuery(sql: string, parameters: unknown[] = []): void {
    this.last = { sql, parameters };
  }
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

describe('query plans of lists on SQLite', () => {
  const overheard = new Overhearing();
  let folder: string;
  let writer: SqliteWriterDataSource;
  let reader: SqliteReaderDataSource;
  let store: DurableSqlStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'list-plans-'));
    writer = await new SqliteWriterDataSource(join(folder, 'orders.db')).initialize();
    reader = await new SqliteReaderDataSource(join(folder, 'orders.db')).initialize();
    store = new DurableSqlStore(new SqliteDatabase(writer, reader));
  });
  afterAll(async () => {
    await reader.destroy();
    await writer.destroy();
    await rm(folder, { recursive: true, force: true });
  });

  /** How the last statement of `ask` is carried out, a line for each step. */
  const planOf = async (ask: () => Promise<unknown>): Promise<string[]> => {
    reader.logger = overheard;
    await ask();
    const { sql, parameters } = overheard.last;
    const rows: { detail: string }[] = await reader.query(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    return rows.map(({ detail }) => detail);
  };

  const before = { createdAt: T0, actorId: 'a' };
  const attribute = (name: string) => ({ name, value: 'v' });
  it.each<[string, ActorFilter, boolean]>([
    ['all', {}, true],
    ['one status', { status: ['AwaitingPayment'] }, true],
    ['one outcome', { outcome: ['failed'] }, true],
    ['open ones', { runtimeStatus: ['running', 'suspended'] }, true],
    ['failed ones', { runtimeStatus: ['failed'] }, true],
    ['incidents', { incident: true }, true],
    ['a time', { createdFrom: T0, createdTo: T0 + 1 }, true],
    ['a cart', { attributes: [attribute('sessionId')] }, true],
    ['a cart of a user', { attributes: [attribute('sessionId'), attribute('userId')] }, true],
    ['a search', { search: { prefix: 'pay_', attributes: ['paymentId', 'userId'] } }, false],
  ])('the list "%s" is read from an index', async (_, filter, isOrdered) => {
    const ask = () => store.listActors({ filter: { machineId: 'order', ...filter }, limit: 10, before });
    const plan = await planOf(ask);
    expect(plan.filter((step) => step.startsWith('SCAN') && !step.includes('INDEX'))).toEqual([]);
    expect(plan.some((step) => step.startsWith('SEARCH'))).toBe(true);
    // What a search finds is few, and is sorted.
    if (isOrdered) expect(plan.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([]);
  });

  it('the list of what may be purged is read from an index, in the order of that index', async () => {
    const plan = await planOf(() => store.listEnded({ machineId: 'order', endedBefore: T0, limit: 10 }));
    expect(plan).toEqual([expect.stringContaining('actors_ended')]);
  });
});
