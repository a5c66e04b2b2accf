import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createStore } from '../../src/store/store-factory.js';
import { compiled } from '../support/compiled-sources.js';
import { differences } from './databases/differences.js';
import type { DoomedMigration } from './databases/migration-child.js';
import { planFor, watched } from './databases/migration-plan.js';
import { PostgresDatabases } from './databases/postgres-databases.js';
import { readDatabases, restore, type RecordedDatabase } from './databases/recorded-databases.js';
import { SqliteDatabases } from './databases/sqlite-databases.js';
import { readAnswers } from './databases/stored-answers.js';
import type { TestDatabase, TestDatabases } from './databases/test-database.js';

const VERSIONS = readDatabases().map((recorded) => [recorded.version, recorded] as const);

/**
 * What is interrupted: a migration of the test, which writes the whole history anew, and all migrations of the service that
 * came after the recorded version.
 */
describe.each([
  ['SQLite', SqliteDatabases],
  ['PostgreSQL', PostgresDatabases],
] as const)('A change of the schema on %s', (_, kind) => {
  let databases: TestDatabases;

  beforeAll(async () => {
    databases = await kind.open();
  });
  afterAll(() => databases.close());

  describe.each(VERSIONS)('from the recorded version %s', (version, recorded) => {
    let database: TestDatabase;

    beforeEach(async () => {
      database = await restored();
    });

    async function restored(): Promise<TestDatabase> {
      const made = await databases.create();
      await restore(recorded, made);
      return made;
    }

    it('loses nothing when it is not interrupted', async () => {
      await database.migrate(planFor(database, version));
      expect(await lost(database, recorded)).toEqual([]);
    });

    it('that fails at one of its statements, whichever it is, is made by the next start, and nothing is lost (G1, G8, invariant 8)', async () => {
      const all = await statementsOf();
      for (let at = 1; at <= all; at += 1) {
        const other = await restored();
        await expect(other.migrate(failingAt(at))).rejects.toThrow('no_such_table');
        await other.migrate(planFor(other, version));
        expect(await lost(other, recorded)).toEqual([]);
      }
      expect(all).toBeGreaterThanOrEqual(4);
    });

    it('is made by the next start when its process was killed half way, and nothing is lost (G1, G8, invariant 8)', async () => {
      const half = Math.floor((await statementsOf()) / 2) + 1;
      expect(await killedAt({ config: database.config, version, at: half })).toBe('SIGKILL');
      expect(await database.migrated()).not.toEqual(planFor(database, version).map(({ name }) => name));
      await database.migrate(planFor(database, version));
      expect(await lost(database, recorded)).toEqual([]);
    });

    /** How many statements the whole change has. */
    async function statementsOf(): Promise<number> {
      const other = await restored();
      let statements = 0;
      await other.migrate(
        watched(planFor(other, version), () => {
          statements += 1;
          return Promise.resolve();
        }),
      );
      return statements;
    }

    function failingAt(at: number) {
      let statements = 0;
      return watched(planFor(database, version), async (runner) => {
        statements += 1;
        if (statements === at) await runner.query('SELECT * FROM no_such_table');
      });
    }
  });
});

/** What the service no longer finds. */
async function lost(database: TestDatabase, { reading, answers }: RecordedDatabase): Promise<string[]> {
  const opened = await createStore(database.config);
  try {
    return differences(answers, await readAnswers(opened, reading));
  } finally {
    await opened.close();
  }
}

/** @returns how the process ended. */
async function killedAt(doomed: DoomedMigration): Promise<string> {
  const child = compiled('test/compatibility/databases/migration-child.js');
  const doomedProcess = spawn(process.execPath, [child, JSON.stringify(doomed)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = (await once(doomedProcess, 'exit')) as [number | null, NodeJS.Signals | null];
  return String(signal ?? code);
}
