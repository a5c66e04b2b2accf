/**
 * Transactions on PostgreSQL, over the pool that TypeORM has opened. Statements run on the driver's own connection: a
 * broken one can then be thrown away, and nothing is wrapped around the ones that every turn asks.
 *
 * Invariants:
 *  2. A transaction has a connection to itself until COMMIT or ROLLBACK has been answered. A connection that was lost, that
 *     did not answer in time, or that cannot even roll back, leaves the pool.
 */
import type { Pool, PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import type { Row, RunStatement, SqlDatabase, SqlParameter } from '../database.port.js';
import { POSTGRES_STATEMENTS } from '../../durable/postgres-statements.js';
import { StoreUnavailableError } from '../../../durable/store.js';
import { asStoreErrors, driverCode, toStoreErrorOfDriver } from '../store-failure.js';
import { sessionLimits, setLocal } from './session-limits.js';

/** The network may have dropped a connection that rested without a word. */
const RESTED_MS = 5_000;
const TEST_TIMEOUT_MS = 1_000;
/** Texts of statements are fixed, but for some of lists. */
const MOST_PREPARED = 100;

export interface PostgresDatabaseOptions {
  readonly statementTimeoutMs: number;
  /** Sessions keep no settings: each transaction sets its own. */
  readonly isPooled: boolean;
  /** A connection that was not used for this long is tested first, in milliseconds; 5,000 when absent. */
  readonly restedMs?: number;
}

export class PostgresDatabase implements SqlDatabase {
  readonly statements = POSTGRES_STATEMENTS;
  readonly #running = new Set<Promise<unknown>>();
  /** Of prepared statements, by their text. */
  readonly #names = new Map<string, string>();
  readonly #usedAt = new WeakMap<PoolClient, number>();
  readonly #begin: string;
  readonly #isPooled: boolean;
  readonly #restedMs: number;
  #closed = false;

  constructor(
    private readonly pool: Pool,
    readonly entities: EntityManager,
    { statementTimeoutMs, isPooled, restedMs = RESTED_MS }: PostgresDatabaseOptions,
  ) {
    this.#restedMs = restedMs;
    // The isolation by name: the database's default may be another one, under which statements fail that need not.
    const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED';
    this.#isPooled = isPooled;
    this.#begin = isPooled ? `${begin};\n${setLocal(sessionLimits(statementTimeoutMs))}` : begin;
  }

  read(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return this.#tracked(async () => {
      const client = await this.#connect();
      let failure: unknown = null;
      try {
        return await this.#ask(client, sql, parameters);
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        this.#release(client, failure === null || isAnswer(failure));
      }
    });
  }

  /** A single statement has the limits of its session, which behind a pooler only a transaction has. */
  write(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return this.#isPooled ? this.transaction((run) => run(sql, parameters)) : this.read(sql, parameters);
  }

  transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    return this.#tracked(async () => {
      const client = await this.#connect();
      let isUsable = false;
      try {
        await ask(client, this.#begin);
        const result = await work((sql, parameters) => this.#ask(client, sql, parameters));
        await ask(client, 'COMMIT');
        isUsable = true;
        return result;
      } catch (error) {
        // Where no answer came there is nothing to roll back: the server ends the transaction with the connection.
        if (isAnswer(error)) isUsable = await rolledBack(client);
        throw error;
      } finally {
        this.#release(client, isUsable);
      }
    });
  }

  /** Refuses new statements and waits for those that run: a pool that ends never serves a caller that waits for a connection. */
  async drain(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
  }

  /** Statements are prepared once for each connection; a pooler may give each transaction another one. */
  #ask(client: PoolClient, sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    if (this.#isPooled || parameters.length === 0) return ask(client, sql, parameters);
    const known = this.#names.get(sql);
    if (known === undefined && this.#names.size < MOST_PREPARED) this.#names.set(sql, `s${this.#names.size}`);
    return ask(client, sql, parameters, this.#names.get(sql));
  }

  async #connect(): Promise<PoolClient> {
    for (;;) {
      const client = await connect(this.pool);
      const usedAt = this.#usedAt.get(client);
      if (usedAt === undefined || performance.now() - usedAt < this.#restedMs || (await answers(client))) return client;
      this.#release(client, false);
    }
  }

  /** One connection that was lost without a word is seldom the only one: the resting ones go with it. */
  #release(client: PoolClient, isUsable: boolean): void {
    if (isUsable) this.#usedAt.set(client, performance.now());
    client.release(!isUsable);
    if (isUsable) return;
    for (let resting = this.pool.idleCount; resting > 0; resting--) {
      this.pool.connect().then(
        (idle) => idle.release(true),
        () => undefined,
      );
    }
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

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw toStoreErrorOfDriver(error);
  }
}

/** @param name under which the session prepares the statement; absent: it does not. */
async function ask(
  client: PoolClient,
  sql: string,
  parameters: readonly SqlParameter[] = [],
  name?: string,
): Promise<Row[]> {
  try {
    const values = parameters.length === 0 ? undefined : [...parameters];
    return (await client.query<Row>({ text: sql, values, ...(name === undefined ? {} : { name }) })).rows;
  } catch (error) {
    throw toStoreErrorOfDriver(error);
  }
}

/** Whether the connection is alive, and at the end of a statement: the server has refused it, or the error is none of its. */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof StoreUnavailableError)) return true;
  const code = driverCode(error.cause);
  return code !== null && SQLSTATE.test(code) && !CONNECTION_LOST.test(code);
}

/** Node's own codes, such as EPIPE, may have five characters too; no class of SQLSTATE begins with E. */
const SQLSTATE = /^[0-9A-DF-Z][0-9A-Z]{4}$/;
/** The last three: the session and this process disagree about a prepared statement, or its plan does not fit the tables any more. */
const CONNECTION_LOST = /^(08...|57P..|25P0[34]|26000|42P05|0A000)$/;

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}

async function answers(client: PoolClient): Promise<boolean> {
  try {
    // A query may have a limit of its own, which the types leave out.
    await client.query({ text: 'SELECT 1', query_timeout: TEST_TIMEOUT_MS } as { text: string });
    return true;
  } catch {
    return false;
  }
}
