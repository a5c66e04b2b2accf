import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  SqliteReaderDataSource,
  SqliteWriterDataSource,
} from '../../../src/store/database/sqlite/sqlite-data-source.js';
import { sqliteStore } from '../../../src/store/store-factory.js';
import type { SharedBenchDatabase } from './bench-database.js';
import { StatementCounter } from './statement-counter.js';

/** The production store on a file of its own. */
export async function sqliteBenchDatabase(): Promise<SharedBenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-bench-'));
  const file = path.join(folder, 'orders.db');
  return {
    config: { type: 'sqlite', path: file },
    open: async () => {
      const writer = await new SqliteWriterDataSource(file).initialize();
      const reader = await new SqliteReaderDataSource(file).initialize();
      const sent = new StatementCounter();
      for (const source of [writer, reader]) report(source, sent.connection());
      const opened = sqliteStore(writer, reader);
      return { store: opened.store, sent, close: () => opened.close() };
    },
    settle: () => Promise.resolve(),
    use: async () => ({ bytes: (await stat(file)).size }),
    serverCpuMicros: () => null,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Reports every statement from now on. */
function report(source: SqliteWriterDataSource | SqliteReaderDataSource, sent: (sql: string) => void): void {
  const run = source.run.bind(source);
  source.run = (sql, parameters) => {
    sent(sql);
    return run(sql, parameters);
  };
}
