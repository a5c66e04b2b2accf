import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteWriterDataSource } from '../../../src/store/database/sqlite/sqlite-data-source.js';
import { insertInto } from './insert-statement.js';
import { SqliteFile } from './sqlite-file.js';
import type { StoredRow, TestDatabase, TestDatabases } from './test-database.js';

const LOG = 'store_migrations';

/** Each in a file of its own. */
export class SqliteDatabases implements TestDatabases {
  private made = 0;

  private constructor(private readonly folder: string) {}

  static async open(): Promise<SqliteDatabases> {
    return new SqliteDatabases(await mkdtemp(join(tmpdir(), 'recorded-sqlite-')));
  }

  create(): Promise<TestDatabase> {
    this.made += 1;
    return Promise.resolve(sqliteDatabase(join(this.folder, `${this.made}.db`)));
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}

/** The database in this file. */
export function sqliteDatabase(path: string): TestDatabase {
  const withFile = async <T>(work: (file: SqliteFile) => Promise<T>): Promise<T> => {
    const file = await SqliteFile.open(path);
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  };
  return {
    config: { type: 'sqlite', path },
    migrations: new SqliteWriterDataSource(path).options.migrations as unknown as TestDatabase['migrations'], // a list of classes
    execute: (sql) => withFile((file) => file.execute(sql)),
    migrate: async (migrations) => {
      const dataSource = new SqliteWriterDataSource(path);
      dataSource.setOptions({ migrations: [...migrations] });
      await dataSource.initialize();
      await dataSource.destroy();
    },
    migrated: () =>
      withFile(async (file) =>
        (await file.all<{ name: string }>(`SELECT name FROM ${LOG} ORDER BY id`)).map(({ name }) => name),
      ),
    schema: () => withFile(schemaOf),
    rows: () => withFile(rowsOf),
  };
}

async function schemaOf(file: SqliteFile): Promise<string> {
  const made = await file.all<{ sql: string }>(
    `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
  );
  const log = await file.all<StoredRow>(`SELECT * FROM ${LOG} ORDER BY id`);
  return `${made.map(({ sql }) => `${sql};\n`).join('')}${insertInto(LOG, log)}`;
}

async function rowsOf(file: SqliteFile): Promise<Map<string, StoredRow[]>> {
  const tables = await file.all<{ name: string }>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('sqlite_sequence', '${LOG}') ORDER BY rowid`,
  );
  const rows = new Map<string, StoredRow[]>();
  for (const { name } of tables) {
    const keys = await file.all<{ name: string }>(
      `SELECT name FROM pragma_table_info('${name}') WHERE pk > 0 ORDER BY pk`,
    );
    const order = keys.map((key) => key.name).join(', ');
    rows.set(name, await file.all<StoredRow>(`SELECT * FROM ${name} ORDER BY ${order}`));
  }
  return rows;
}
