import { planFor, watched } from './migration-plan.js';
import { postgresDatabase } from './postgres-databases.js';
import { sqliteDatabase } from './sqlite-databases.js';
import type { StoreConfig } from '../../../src/store/store-config.js';

export interface DoomedMigration {
  readonly config: StoreConfig;
  readonly version: string;
  /** The statement before which the process dies, counted from 1 over all migrations. */
  readonly at: number;
}

/** Migrates a database, and is killed in the middle of it: nothing is rolled back or closed. */
async function migrate({ config, version, at }: DoomedMigration): Promise<void> {
  const database = config.type === 'sqlite' ? sqliteDatabase(config.path) : postgresDatabase(config.url);
  let statements = 0;
  const doomed = watched(planFor(database, version), () => {
    statements += 1;
    if (statements === at) process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  });
  await database.migrate(doomed);
}

void migrate(JSON.parse(process.argv[2] ?? '') as DoomedMigration); // as its parent writes it
