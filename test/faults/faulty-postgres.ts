/** A PostgreSQL store of which one statement, or one connection, fails. */
import { createHash, randomUUID } from 'node:crypto';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { failuresOf, playScenario, type ScenarioOutcome, SHIPPED } from './fault-scenario.js';
import { type FaultPoint, PostgresProxy } from './postgres-proxy.js';

/**
 * https://www.postgresql.org/docs/current/errcodes-appendix.html: of each class that does not blame the values, the codes
 * that a server in trouble gives; class 42 as of a database whose privileges or tables were changed.
 */
export const SQLSTATES = [
  '03000 08000 08001 08003 08004 08006 08P01 0A000 0Z000 20000 24000 25000 25001 25006 25P01 25P02 25P03 25P04',
  '26000 28000 28P01 2D000 34000 38000 39000 3B000 3D000 3F000 40000 40001 40003 40P01 42501 42601 42703 42883 42P01',
  '53000 53100 53200 53300 53400 55000 55006 55P02 55P03 57000 57014 57P01 57P02 57P03 57P04 57P05',
  '58000 58030 58P01 72000 F0000 HV000 XX000 XX001 XX002',
].flatMap((line) => line.split(' '));

export interface PostgresFault {
  /** A statement as {@link nameOf} shortens it, or {@link CONNECT}. */
  readonly statement: string;
  readonly point: FaultPoint;
  readonly code: string;
}

/** In place of a statement: a new connection. */
export const CONNECT = 'connect';

function nameOf(sql: string): string {
  const words = sql.replaceAll(/\s+/g, ' ').trim();
  return `${words.slice(0, 60)} ${createHash('sha1').update(words).digest('hex').slice(0, 6)}`;
}

/** A store behind a proxy, for one scenario after the other on a database whose schema is up to date. */
export class FaultyPostgres {
  private constructor(
    private readonly proxy: PostgresProxy,
    private readonly opened: OpenStore,
  ) {}

  static async start(url: string): Promise<FaultyPostgres> {
    const proxy = await PostgresProxy.start(url);
    const opened = await createStore({ type: 'postgres', url: proxy.url, poolSize: 3, statementTimeoutMs: 2_000 });
    return new FaultyPostgres(proxy, opened);
  }

  async stop(): Promise<void> {
    await this.opened.close();
    await this.proxy.stop();
  }

  /** Plays the scenario with an actor of its own. @returns its end, and whether the fault came to pass. */
  async play(fault: PostgresFault): Promise<ScenarioOutcome & { readonly failed: boolean }> {
    let failed = false;
    const isAt = (statement: string): boolean => {
      if (failed || statement !== fault.statement) return false;
      failed = true;
      return true;
    };
    this.proxy.rules = {
      onConnect: () => {
        if (!isAt(CONNECT)) return null;
        return fault.point === 'refused' ? fault.code : '';
      },
      onStatement: (sql) => (isAt(nameOf(sql)) ? fault : null),
    };
    if (fault.statement === CONNECT) this.proxy.cutAll();
    return { ...(await playScenario(this.opened.store, randomUUID())), failed };
  }

  /** Names of the statements that the scenario runs. */
  async statements(): Promise<readonly string[]> {
    const seen = new Set<string>();
    this.proxy.rules = {
      onConnect: () => null,
      onStatement: (sql) => {
        seen.add(nameOf(sql));
        return null;
      },
    };
    const outcome = await playScenario(this.opened.store, randomUUID());
    if (outcome.status !== SHIPPED.status) throw new Error(`Without a fault it ended as ${JSON.stringify(outcome)}.`);
    return [...seen];
  }
}

/** Each code, and each way to lose the connection, at each of the statements. */
export function postgresFaults(statements: readonly string[], codes: readonly string[]): readonly PostgresFault[] {
  return statements.flatMap((statement) => [
    ...codes.map((code) => ({ statement, code, point: 'refused' as const })),
    ...(['unsent', 'unanswered', 'cut'] as const).map((point) => ({ statement, code: '-', point })),
  ]);
}

/** Plays all cases, several at a time. @returns how many faults came to pass, and the cases that ended otherwise than they must. */
export async function playAll(url: string, width: number, cases: readonly PostgresFault[]) {
  const stores = await Promise.all(Array.from({ length: width }, () => FaultyPostgres.start(url)));
  const free = [...stores];
  let passed = 0;
  const failures = await failuresOf(cases, width, async (fault) => {
    const store = free.pop();
    if (store === undefined) throw new Error('More cases at a time than stores.');
    const { failed, ...outcome } = await store.play(fault);
    free.push(store);
    if (failed) passed += 1;
    return outcome;
  });
  await Promise.all(stores.map((each) => each.stop()));
  return { failures, passed };
}
