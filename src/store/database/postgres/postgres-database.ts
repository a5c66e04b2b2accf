/**
 * Transactions on PostgreSQL, over the pool that TypeORM has opened. Statements run on the driver's own connection: a
 * broken one can then be thrown away, and nothing is wrapped around the ones that every turn asks.
 *
 * Invariants:
 *  2. A transaction has a connection to itself until COMMIT or ROLLBACK has been answered. A connection that was lost, or
 *     that cannot even roll back, leaves the pool.
 */
import type { Pool, PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import type { Row, RunStatement, SqlDatabase, SqlParameter } from '../database.port.js';
import { POSTGRES_STATEMENTS } from '../../durable/postgres-statements.js';
import { StoreUnavailableError } from '../../../durable/store.js';
import { asStoreErrors } from '../store-failure.js';

/**
 * The settings are the transaction's own, so that they also hold behind a connection pooler: nobody waits for long for a
 * row, and a process that was stopped in mid-transaction does not hold its rows for ever.
 */
const BEGIN = `BEGIN;
SET LOCAL lock_timeout = '10s';
SET LOCAL idle_in_transaction_session_timeout = '30s'`;

export class PostgresDatabase implements SqlDatabase {
  readonly statements = POSTGRES_STATEMENTS;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor(
    private readonly pool: Pool,
    readonly entities: EntityManager,
  ) {}

  read(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return this.#tracked(async () => (await this.pool.query<Row>(sql, [...parameters])).rows);
  }

  write(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return this.read(sql, parameters);
  }

  transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    return this.#tracked(async () => {
      const client = await this.pool.connect();
      let broken: Error | undefined;
      // A connection that is lost while it is checked out says so here; unheard, that would end the process.
      const onError = (error: Error): void => {
        broken = error;
      };
      client.on('error', onError);
      try {
        return await inTransaction(client, work);
      } catch (error) {
        await client.query('ROLLBACK').catch(onError);
        throw error;
      } finally {
        client.release(broken);
        client.removeListener('error', onError);
      }
    });
  }

  /** Refuses new statements and waits for those that run: a pool that ends never serves who is waiting for a connection. */
  async drain(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
  }

  async #tracked<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreUnavailableError('the store is closed');
    const running = asStoreErrors(work);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }
}

async function inTransaction<T>(client: PoolClient, work: (run: RunStatement) => Promise<T>): Promise<T> {
  await client.query(BEGIN);
  const result = await work(async (sql, parameters) => (await client.query<Row>(sql, [...parameters])).rows);
  await client.query('COMMIT');
  return result;
}
