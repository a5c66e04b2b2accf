/**
 * Runs transactions on PostgreSQL, over the pool that TypeORM opened. Statements run directly on the driver's
 * connection. A broken connection can then be removed from the pool, and TypeORM adds no cost to the statements of
 * every turn.
 *
 * Invariants:
 *  2. A transaction has its own connection until the server has answered COMMIT or ROLLBACK. A connection leaves the
 *     pool when it was lost, did not answer in time, or could not roll back.
 *
 * A statement or a transaction that loses a race is run again, as a whole.
 */
import type { Pool, PoolClient } from 'pg';
import type { EntityManager } from 'typeorm';
import type { Row, RunStatement, SqlDatabase, SqlParameter } from '../database.port.js';
import { POSTGRES_STATEMENTS } from '../../durable/postgres-statements.js';
import { StoreUnavailableError } from '../../../durable/store.js';
import { type RaceOptions, retryLostRaces } from '../retry-lost-races.js';
import { asStoreErrors, driverCode, toStoreErrorOfDriver } from '../store-failure.js';
import { sessionLimits, setLocal } from './session-limits.js';

/** After this idle time a connection is tested before use, because the network may have dropped it silently. */
const RESTED_MS = 5_000;
const TEST_TIMEOUT_MS = 1_000;
/** Most prepared statements of a connection. Nearly all statements have fixed texts; only some lists vary. */
const MOST_PREPARED = 100;

export interface PostgresDatabaseOptions extends RaceOptions {
  readonly statementTimeoutMs: number;
  /** True behind a pooler. Sessions then keep no settings, so each transaction sets its own. */
  readonly isPooled: boolean;
  /** After this idle time, in milliseconds, a connection is tested before use. Default: 5,000. */
  readonly restedMs?: number;
}

export class PostgresDatabase implements SqlDatabase {
  readonly statements = POSTGRES_STATEMENTS;
  readonly #running = new Set<Promise<unknown>>();
  /** Names of prepared statements, by text. */
  readonly #names = new Map<string, string>();
  readonly #usedAt = new WeakMap<PoolClient, number>();
  readonly #begin: string;
  readonly #isPooled: boolean;
  readonly #races: RaceOptions;
  readonly #restedMs: number;
  #closed = false;

  constructor(
    private readonly pool: Pool,
    readonly entities: EntityManager,
    { statementTimeoutMs, isPooled, restedMs = RESTED_MS, ...races }: PostgresDatabaseOptions,
  ) {
    this.#races = races;
    this.#restedMs = restedMs;
    // Overrides the database's default. Under a stricter level, statements would fail without need.
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

  /** Behind a pooler it runs the statement in a transaction, because only a transaction has limits there. */
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
        // Without an answer there is nothing to roll back: the server ends the transaction with the connection.
        if (isAnswer(error)) isUsable = await rolledBack(client);
        throw error;
      } finally {
        this.#release(client, isUsable);
      }
    });
  }

  /**
   * Refuses new statements and waits for running ones. Call it before the pool ends, because an ending pool never
   * serves callers that wait for a connection.
   */
  async drain(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#running);
  }

  /** Prepares each statement once per connection, except behind a pooler, which may change the connection. */
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

  /** Removes all idle connections together with an unusable one, because they were probably lost too. */
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
    const running = retryLostRaces(() => asStoreErrors(work), this.#races);
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

/** @param name name of the prepared statement. Without it the session does not prepare the statement. */
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

/** Whether the connection is still usable: the server answered with an error, or the error is not from the database. */
function isAnswer(error: unknown): boolean {
  if (!(error instanceof StoreUnavailableError)) return true;
  const code = driverCode(error.cause);
  return code !== null && SQLSTATE.test(code) && !CONNECTION_LOST.test(code);
}

/** Excludes Node's codes of five characters, such as EPIPE: no class of SQLSTATE begins with E. */
const SQLSTATE = /^[0-9A-DF-Z][0-9A-Z]{4}$/;
/**
 * Codes after which the connection is replaced. The last three mean that the session and this process disagree about a
 * prepared statement, or that its plan no longer fits the tables.
 */
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
    // pg accepts `query_timeout` for one query, but its types omit it.
    await client.query({ text: 'SELECT 1', query_timeout: TEST_TIMEOUT_MS } as { text: string });
    return true;
  } catch {
    return false;
  }
}
