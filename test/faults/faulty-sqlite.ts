/** A SQLite store of which one statement fails once, with a code of the driver's. */
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteReaderDataSource, SqliteWriterDataSource } from '../../src/store/database/sqlite/sqlite-data-source.js';
import { sqliteStore } from '../../src/store/store-factory.js';
import { playScenario, type ScenarioOutcome } from './fault-scenario.js';

/** https://sqlite.org/rescode.html: every primary result code but OK, ROW, DONE, and the four that blame the values. */
export const SQLITE_CODES = [
  'ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN PROTOCOL EMPTY',
  'SCHEMA MISUSE NOLFS AUTH FORMAT NOTADB NOTICE WARNING',
].flatMap((line) => line.split(' '));

export interface SqliteFault {
  readonly code: string;
  readonly connection: 'writer' | 'reader';
  /** The SQL, as {@link nameOf} shortens it. */
  readonly statement: string;
  /** `after`: the statement was carried out, and its answer is lost. */
  readonly when: 'before' | 'after';
  /** How often in a row. */
  readonly times: number;
}

type Run = SqliteWriterDataSource['run'];

/** Distinguishes statements that begin alike. */
function nameOf(sql: string): string {
  const words = sql.replaceAll(/\s+/g, ' ').trim();
  return `${words.slice(0, 60)} ${createHash('sha1').update(words).digest('hex').slice(0, 6)}`;
}

/** Plays the scenario on a database file of its own. Reports each statement that runs and each that fails. */
export async function playOnSqlite(
  fault: SqliteFault | null,
  {
    onStatement = () => undefined,
    onFault = () => undefined,
  }: {
    readonly onStatement?: (connection: SqliteFault['connection'], sql: string) => void;
    readonly onFault?: () => void;
  } = {},
): Promise<ScenarioOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'sqlite-faults-'));
  const path = join(folder, 'orders.db');
  const template = await templatePath();
  await copyFile(template, path);
  const writer = await new SqliteWriterDataSource(path).initialize();
  const reader = await new SqliteReaderDataSource(path).initialize();
  let left = fault?.times ?? 0;
  const faulty =
    (connection: SqliteFault['connection'], run: Run): Run =>
    async (sql, parameters) => {
      onStatement(connection, sql);
      if (left === 0 || fault === null || fault.connection !== connection || nameOf(sql) !== fault.statement) {
        return run(sql, parameters);
      }
      left -= 1;
      onFault();
      if (fault.when === 'after') await run(sql, parameters);
      throw Object.assign(new Error(`SQLITE_${fault.code}: injected`), { code: `SQLITE_${fault.code}` });
    };
  writer.run = faulty('writer', writer.run.bind(writer));
  reader.run = faulty('reader', reader.run.bind(reader));
  const opened = sqliteStore(writer, reader);
  try {
    return await playScenario(opened.store);
  } finally {
    await opened.close();
    await rm(folder, { recursive: true });
  }
}

let template: Promise<string> | null = null;

/** A database whose schema is up to date: to migrate anew takes longer than the scenario. */
function templatePath(): Promise<string> {
  template ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sqlite-template-'));
    const path = join(folder, 'orders.db');
    const writer = await new SqliteWriterDataSource(path).initialize();
    await writer.destroy();
    return path;
  })();
  return template;
}

/** Each code at each statement that the scenario runs; writing ones with a lost answer as well. */
export async function sqliteFaults(codes: readonly string[], times: number): Promise<readonly SqliteFault[]> {
  const seen = new Map<string, Pick<SqliteFault, 'connection' | 'statement'> & { readonly writes: boolean }>();
  await playOnSqlite(null, {
    onStatement: (connection, sql) => {
      const statement = nameOf(sql);
      seen.set(`${connection} ${statement}`, { connection, statement, writes: connection === 'writer' });
    },
  });
  return [...seen.values()].flatMap(({ connection, statement, writes }) =>
    codes.flatMap((code) => [
      { code, connection, statement, when: 'before' as const, times },
      ...(writes ? [{ code, connection, statement, when: 'after' as const, times }] : []),
    ]),
  );
}
