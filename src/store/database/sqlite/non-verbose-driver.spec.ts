import type sqlite3 from 'sqlite3';
import { DataSource, type Driver } from 'typeorm';
import { nonVerboseDriver } from './non-verbose-driver.js';

describe('The SQLite driver under TypeORM', () => {
  it('keeps the values of a failed statement out of its error', async () => {
    const source = new DataSource({ type: 'sqlite', database: ':memory:', driver: nonVerboseDriver });
    await source.initialize();
    await source.query('CREATE TABLE customers (email TEXT NOT NULL CHECK (email = 1))');
    // The data source runs its statements on this connection too. The driver types it as any.
    const { databaseConnection } = source.driver as Driver & { databaseConnection: sqlite3.Database };
    const statement = databaseConnection.prepare('INSERT INTO customers VALUES ($1)');
    const error = await new Promise<Error | null>((resolve) => {
      statement.all(['greta@example.com'], resolve);
    });
    await new Promise<void>((resolve) => {
      statement.finalize(() => resolve());
    });
    await source.destroy();
    expect(error?.message).toContain('SQLITE_CONSTRAINT');
    expect(error?.stack).not.toContain('greta@example.com');
  });
});
