import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { RecordedDatabase } from './recorded-databases.js';
import type { TestDatabase } from './test-database.js';

export type Migration = new () => MigrationInterface;

/** The service's migrations that a database has not seen: those that came after it was recorded. */
export async function laterMigrations(database: TestDatabase): Promise<readonly Migration[]> {
  const done = new Set(await database.migrated());
  return database.migrations.filter(({ name }) => !done.has(name));
}

/** The later migrations and, before them, one that is always there: it writes the whole history of the recorded schema anew. */
export async function planFor(
  database: TestDatabase,
  { version }: Pick<RecordedDatabase, 'version'>,
): Promise<readonly Migration[]> {
  const later = await laterMigrations(database);
  const done = database.migrations.filter((migration) => !later.includes(migration));
  return [...done, rebuildHistory(version), ...later];
}

/** In the middle of it there is no history: what cuts it short must undo it. */
function rebuildHistory(version: string): Migration {
  const statements = [
    'CREATE TABLE history_next AS SELECT * FROM history',
    'DELETE FROM history',
    'INSERT INTO history SELECT * FROM history_next',
    'DROP TABLE history_next',
  ];
  return named(
    `RebuildHistory${Number(version) + 1}`,
    class implements MigrationInterface {
      async up(runner: QueryRunner): Promise<void> {
        for (const statement of statements) await runner.query(statement);
      }
      down = (): Promise<void> => Promise.resolve();
    },
  );
}

/** The same migrations. Each of their statements waits for `onStatement`. */
export function watched(
  migrations: readonly Migration[],
  onStatement: (runner: QueryRunner) => Promise<void>,
): readonly Migration[] {
  return migrations.map((migration) =>
    named(
      migration.name,
      class extends migration {
        override up(runner: QueryRunner): Promise<void> {
          return super.up(watching(runner, onStatement));
        }
      },
    ),
  );
}

/** Its own methods ask it too. */
function watching(runner: QueryRunner, onStatement: (runner: QueryRunner) => Promise<void>): QueryRunner {
  return new Proxy(runner, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (name !== 'query') return member;
      return async (...request: Parameters<QueryRunner['query']>): Promise<unknown> => {
        await onStatement(runner);
        return target.query(...request) as Promise<unknown>;
      };
    },
  });
}

/** TypeORM knows a migration by the name of its class, which ends with its time. */
function named(name: string, migration: Migration): Migration {
  Object.defineProperty(migration, 'name', { value: name });
  return migration;
}
