import { Logger } from '@nestjs/common';
import { VirtualClock } from '../../../src/durable/testing.js';
import { createStore } from '../../../src/store/store-factory.js';
import { differences } from './differences.js';
import { versionOf } from './migration-plan.js';
import { OrderStory } from './order-story.js';
import { PostgresDatabases } from './postgres-databases.js';
import { insertAll, type RecordedDatabase } from './recorded-databases.js';
import { repeatably } from './repeatably.js';
import { ScriptedPartners } from './scripted-partners.js';
import { ServiceScene } from './service-scene.js';
import { SqliteDatabases } from './sqlite-databases.js';
import { readAnswers, type Reading } from './stored-answers.js';
import type { StoredRow, TestDatabase, TestDatabases } from './test-database.js';

/** No round number: what is stored to the second only would look right. */
const STARTED_AT = Date.UTC(2026, 0, 1, 8, 30, 12, 345);

/** What the service stores today, on both kinds of database. @throws Error when they do not store the same. */
export async function recordDatabase(): Promise<RecordedDatabase> {
  const sqlite = await recordOn(await SqliteDatabases.open());
  const postgres = await recordOn(await PostgresDatabases.open());
  const stored = [sqlite, postgres].map(({ rows, answers }) => ({ rows: comparable(rows), answers }));
  const unlike = [...differences(stored[0], stored[1]), ...differences(stored[1], stored[0])];
  if (unlike.length > 0) throw new Error(`SQLite and PostgreSQL do not store the same:\n${unlike.join('\n')}`);
  const { version, reading, answers } = sqlite;
  const schemas = { sqlite: sqlite.schema, postgres: postgres.schema };
  // PostgreSQL knows which numbers are truth values, and SQLite understands both.
  return { version, schemas, rows: insertAll(postgres.rows), reading, answers };
}

async function recordOn(databases: TestDatabases) {
  try {
    const database = await databases.create();
    const clock = new VirtualClock(STARTED_AT);
    await repeatably(clock, () => play(database, clock));
    const rows = await database.rows();
    const reading: Reading = {
      now: clock.now(),
      eventKeys: (rows.get('events') ?? []).map((row) => ({
        actorId: String(row['actor_id']),
        key: String(row['key']),
      })),
    };
    const [schema, version] = [await database.schema(), versionOf(await database.migrated())];
    const opened = await createStore(database.config);
    const answers = await readAnswers(opened, reading);
    await opened.close();
    return { version, schema, rows, reading, answers };
  } finally {
    await databases.close();
  }
}

/** The process dies at the end: nothing is handed back. */
async function play(database: TestDatabase, clock: VirtualClock): Promise<void> {
  Logger.overrideLogger(false);
  const opened = await createStore(database.config);
  const scene = await ServiceScene.start(opened, clock, new ScriptedPartners());
  await new OrderStory(scene).play();
  await opened.close();
}

/** SQLite has no truth values. */
function comparable(rows: ReadonlyMap<string, readonly StoredRow[]>) {
  const plain = (value: StoredRow[string]) => (typeof value === 'boolean' ? Number(value) : value);
  return Object.fromEntries(
    [...rows].map(([table, list]) => [
      table,
      list.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))),
    ]),
  );
}
