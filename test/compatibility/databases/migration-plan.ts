import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { TestDatabase } from './test-database.js';

export type Migration = new () => MigrationInterface;

/** The service's migrations that came after this version was recorded. */
export function laterMigrations(
  { migrations }: Pick<TestDatabase, 'migrations'>,
  version: string,
): readonly Migration[] {
  return migrations.filter(({ name }) => Number(versionOf([name])) > Number(version));
}

/** The time at which the last of the migrations was written, which ends its name: `CreateRevocationsOnSqlite1764203000000`. */
export function versionOf(names: readonly string[]): string {
  return /\d+$/.exec(names.at(-1) ?? '')?.[0] ?? '0';
}

/** The later migrations and, before them, one that is always there: it writes the whole history of the recorded schema anew. */
export function planFor(database: Pick<TestDatabase, 'migrations'>, version: string): readonly Migration[] {
  const later = laterMigrations(database, version);
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
