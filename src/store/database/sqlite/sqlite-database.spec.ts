import { nonVerboseDriver } from './non-verbose-driver.js';
import { DataSource } from 'typeorm';
import { StoreUnavailableError } from '../../../durable/store.js';
import { SqliteDatabase } from './sqlite-database.js';

/** A writer's connection that records its statements and fails chosen ones. */
function aWriter(failures: Record<string, Error> = {}) {
  const ran: string[] = [];
  return {
    ran,
    failures,
    run: async (sql: string) => {
      ran.push(sql);
      await Promise.resolve();
      const failure = failures[sql];
      if (failure !== undefined) throw failure;
      return [];
    },
    reopen: async () => {
      ran.push('reopen');
      await Promise.resolve();
    },
    assertInPlace: () => undefined,
  };
}

function aDatabase(writer: ReturnType<typeof aWriter>): SqliteDatabase {
  // These tests read no lists, so the data source is never opened.
  const { manager } = new DataSource({ type: 'sqlite', database: 'unopened', driver: nonVerboseDriver });
  return new SqliteDatabase(writer, { run: () => Promise.resolve([]), reopen: () => Promise.resolve(), manager });
}

const busy = Object.assign(new Error('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' });

describe('SqliteDatabase', () => {
  it('begins a transaction only after the previous one has ended, even if that failed (G2, invariant 2)', async () => {
    const writer = aWriter();
    const database = aDatabase(writer);
    const first = database.transaction(async (run) => {
      await run('one', []);
      throw new Error('no');
    });
    const second = database.transaction((run) => run('two', []));
    const third = database.write('three', []);
    await expect(first).rejects.toThrow('no');
    await Promise.all([second, third]);
    const expected = ['BEGIN IMMEDIATE', 'one', 'ROLLBACK', 'BEGIN IMMEDIATE', 'two', 'COMMIT', 'three'];
    expect(writer.ran).toEqual(expected);
  });

  it('replaces the connection after a failed rollback before another statement runs (G2, invariant 2)', async () => {
    const writer = aWriter({ COMMIT: busy, ROLLBACK: new Error('SQLITE_IOERR: disk I/O error') });
    const database = aDatabase(writer);
    await expect(database.transaction(() => Promise.resolve())).rejects.toBeInstanceOf(StoreUnavailableError);
    delete writer.failures['COMMIT'];
    await database.write('next', []);
    expect(writer.ran).toEqual(['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', 'reopen', 'next']);
  });

  it('keeps the connection after SQLite itself has rolled back', async () => {
    const writer = aWriter({ COMMIT: busy, ROLLBACK: new Error('cannot rollback - no transaction is active') });
    const database = aDatabase(writer);
    await expect(database.transaction(() => Promise.resolve())).rejects.toMatchObject({ cause: busy });
    await database.write('next', []);
    expect(writer.ran).not.toContain('reopen');
  });

  it('waits for requested writes when it is drained, and refuses later ones', async () => {
    const writer = aWriter();
    const database = aDatabase(writer);
    const writing = database.write('asked', []);
    await database.drain();
    expect(writer.ran).toEqual(['asked']);
    await writing;
    await expect(database.write('late', [])).rejects.toBeInstanceOf(StoreUnavailableError);
  });
});
