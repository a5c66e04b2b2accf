import type { Pool } from 'pg';
import type { EntityManager } from 'typeorm';
import { LostRaceError, StoreUnavailableError } from '../../durable/store.js';
import * as nodes from '../durable/node-statements.js';
import * as reads from '../durable/read-statements.js';
import { POSTGRES_STATEMENTS } from '../durable/postgres-statements.js';
import { PostgresDatabase } from './postgres/postgres-database.js';
import { TRIES } from './retry-lost-races.js';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, classes 40 and 55. */
const LOST = ['40001', '40P01', '55P03'];
const OTHERS = ['40000', '40002', '40003', '55000', '55006', '55P02', '55P04'];

const textsOf = (statements: object): string[] =>
  Object.values(statements).filter(
    (each): each is string => typeof each === 'string' && /^\s*(WITH|SELECT|INSERT|UPDATE|DELETE)/.test(each),
  );
const STATEMENTS = [...new Set([POSTGRES_STATEMENTS, reads, nodes].flatMap(textsOf))];

/** A pool of one connection, on which the named statement fails so many times. */
function databaseThatFails(at: string, code: string, times: number, isPooled = false) {
  const seen: string[] = [];
  const pauses: number[] = [];
  let failures = 0;
  let removed = 0;
  const query = (text: string) => {
    seen.push(text);
    if (text !== at || failures >= times) return Promise.resolve({ rows: [{ answer: seen.length }] });
    failures += 1;
    return Promise.reject(Object.assign(new Error(code), { code }));
  };
  const client = {
    query: (request: string | { text: string }) => query(typeof request === 'string' ? request : request.text),
    release: (isBroken: boolean) => void (removed += isBroken ? 1 : 0),
  };
  const pool = { connect: () => Promise.resolve(client), idleCount: 0 } as unknown as Pool;
  const database = new PostgresDatabase(pool, undefined as unknown as EntityManager, {
    statementTimeoutMs: 1_000,
    isPooled,
    pause: (ms) => Promise.resolve(void pauses.push(ms)),
    random: () => 1,
  });
  return { database, seen, pauses, removed: () => removed };
}

type Database = ReturnType<typeof databaseThatFails>['database'];
const WAYS: Record<string, (database: Database, sql: string) => Promise<unknown>> = {
  read: (database, sql) => database.read(sql, []),
  write: (database, sql) => database.write(sql, []),
  transaction: (database, sql) => database.transaction((run) => run(sql, [])),
};

describe('A lost race (G1, G11)', () => {
  it.each(LOST.flatMap((code) => Object.keys(WAYS).map((way) => ({ code, way }))))(
    'of code $code at any statement of a $way is run again in place, and nobody is told',
    async ({ code, way }) => {
      expect(STATEMENTS.length).toBeGreaterThan(30);
      for (const sql of STATEMENTS) {
        for (const isPooled of [false, true]) {
          const { database, removed } = databaseThatFails(sql, code, TRIES - 1, isPooled);
          await expect(WAYS[way]!(database, sql)).resolves.toBeDefined();
          expect(removed()).toBe(0);
        }
      }
    },
  );

  it.each(OTHERS.flatMap((code) => Object.keys(WAYS).map((way) => ({ code, way }))))(
    'is not what code $code says at any statement of a $way: it is not run again',
    async ({ code, way }) => {
      for (const sql of STATEMENTS) {
        const { database, seen } = databaseThatFails(sql, code, 1);
        const failure: unknown = await WAYS[way]!(database, sql).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(StoreUnavailableError);
        expect(failure).not.toBeInstanceOf(LostRaceError);
        expect(seen.filter((text) => text === sql)).toHaveLength(1);
      }
    },
  );

  it.each(LOST)('of code %s at the COMMIT of a transaction runs all of it again', async (code) => {
    const { database, seen } = databaseThatFails('COMMIT', code, 2);
    await database.transaction(async (run) => {
      await run('SELECT 1', []);
      await run('SELECT 2', []);
    });
    const round = ['BEGIN ISOLATION LEVEL READ COMMITTED', 'SELECT 1', 'SELECT 2', 'COMMIT'];
    expect(seen).toEqual([...round, 'ROLLBACK', ...round, 'ROLLBACK', ...round]);
  });

  it('is told after so many tries, whose pauses double and are short', async () => {
    const { database, seen, pauses } = databaseThatFails('SELECT 1', '40P01', Infinity);
    await expect(database.read('SELECT 1', [])).rejects.toBeInstanceOf(LostRaceError);
    expect(seen).toHaveLength(TRIES);
    expect(pauses).toEqual([10, 20, 40, 80, 160]);
  });
});
