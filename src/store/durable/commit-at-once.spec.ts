import { aCommit, anActor, aTask, nextTurn } from '../../../test/contract/record-fixture.js';
import type { Row, RunStatement, SqlDatabase } from '../database/database.port.js';
import { LOST } from './commit-at-once.js';
import { DurableSqlStore } from './durable-sql-store.js';
import { POSTGRES_STATEMENTS } from './postgres-statements.js';
import { SQLITE_STATEMENTS } from './sqlite-statements.js';
import type { StatementSet } from './statement-set.js';

/** A database that records its calls and gives the test's answer to the statement of a whole commit. */
class NotedDatabase implements Pick<SqlDatabase, 'read' | 'write' | 'transaction' | 'statements'> {
  readonly asked: string[] = [];

  constructor(
    readonly statements: StatementSet,
    private readonly answer: () => Row[],
  ) {}

  read(sql: string): Promise<Row[]> {
    this.asked.push(`read ${this.nameOf(sql)}`);
    return Promise.resolve([]);
  }

  write(sql: string): Promise<Row[]> {
    this.asked.push(`write ${this.nameOf(sql)}`);
    return Promise.resolve().then(() => this.answer());
  }

  async transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    this.asked.push('transaction');
    return work((sql) => {
      this.asked.push(this.nameOf(sql));
      return Promise.resolve([]);
    });
  }

  private nameOf(sql: string): string {
    if (/INTO commits|WITH created/.test(sql)) return 'commitAtOnce';
    return Object.entries(this.statements).find(([, each]) => each === sql)?.[0] ?? sql;
  }
}

describe('A commit (G2)', () => {
  const [fresh, known] = [anActor(), nextTurn(anActor())];
  const batch = [aCommit(fresh, { addTasks: [aTask(fresh.actorId)] }), aCommit(known)];
  const winners =
    (...ids: string[]) =>
    () =>
      ids.map((actorId) => ({ actorId }));
  const storeOn = (database: NotedDatabase) => new DurableSqlStore(database as never as SqlDatabase);
  const raise = (message: string) => () => {
    throw Object.assign(new Error(message), { code: 'SQLITE_CONSTRAINT' });
  };

  it.each([
    ['SQLite', SQLITE_STATEMENTS, winners()],
    ['PostgreSQL', POSTGRES_STATEMENTS, winners(fresh.actorId, known.actorId)],
  ])('is one statement on %s', async (_name, statements, answer) => {
    const database = new NotedDatabase(statements, answer);
    expect(await storeOn(database).commit(batch)).toEqual(['committed', 'committed']);
    expect(database.asked).toEqual(['write commitAtOnce']);
  });

  it('that loses a race on PostgreSQL is one statement, and a second one finds why a new actor lost', async () => {
    const database = new NotedDatabase(POSTGRES_STATEMENTS, winners());
    const keyed = aCommit(anActor({ uniqueKey: 'cart-1' }));
    expect(await storeOn(database).commit([...batch, keyed])).toEqual(['conflict', 'conflict', 'taken']);
    expect(database.asked).toEqual(['write commitAtOnce', 'read knownActors']);
  });

  it('that loses a race on SQLite writes nothing at first, and then runs statement by statement', async () => {
    const database = new NotedDatabase(SQLITE_STATEMENTS, raise(`SQLITE_CONSTRAINT: ${LOST}`));
    expect(await storeOn(database).commit(batch)).toEqual(['conflict', 'conflict']);
    expect(database.asked).toEqual(['write commitAtOnce', 'transaction', 'insertActors', 'updateActors']);
  });

  it('that breaks another constraint is a defect, and is not repeated statement by statement', async () => {
    const database = new NotedDatabase(SQLITE_STATEMENTS, raise('SQLITE_CONSTRAINT: UNIQUE constraint failed'));
    await expect(storeOn(database).commit(batch)).rejects.toThrow('UNIQUE');
    expect(database.asked).toEqual(['write commitAtOnce']);
  });

  it.each([
    ['SQLite', SQLITE_STATEMENTS, ['write commitAtOnce']],
    ['PostgreSQL', POSTGRES_STATEMENTS, ['transaction', 'updateActors']],
  ])('that replaces a task on %s uses statements that can replace it', async (_name, statements, asked) => {
    const database = new NotedDatabase(statements, winners());
    const task = aTask(known.actorId);
    await storeOn(database).commit([aCommit(known, { removeTaskIds: [task.taskId], addTasks: [task] })]);
    expect(database.asked).toEqual(asked);
  });
});
