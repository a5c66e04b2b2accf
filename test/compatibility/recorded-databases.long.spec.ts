import { Logger } from '@nestjs/common';
import { VirtualClock } from '../../src/durable/testing.js';
import { POSTGRES_MIGRATIONS } from '../../src/store/database/postgres/postgres-migrations.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { recordDatabase } from './databases/database-recorder.js';
import { differences } from './databases/differences.js';
import { laterMigrations, versionOf } from './databases/migration-plan.js';
import { endingPartners, OrderEnding, OUTCOMES } from './databases/order-ending.js';
import { ANSWERED, ORDER_NAMES, orderIdOf, returnIdOf, UNANSWERED } from './databases/order-story.js';
import { PostgresDatabases } from './databases/postgres-databases.js';
import { readDatabases, restore, type RecordedDatabase } from './databases/recorded-databases.js';
import { SCHEMA_MUTANTS } from './databases/schema-mutants.js';
import { HOUR, ServiceScene } from './databases/service-scene.js';
import { SqliteDatabases } from './databases/sqlite-databases.js';
import { historyOf, pagesOf, readAnswers, type StoredAnswers } from './databases/stored-answers.js';
import type { TestDatabase, TestDatabases } from './databases/test-database.js';

const VERSIONS = readDatabases().map((recorded) => [recorded.version, recorded] as const);

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe.each([
  ['SQLite', SqliteDatabases],
  ['PostgreSQL', PostgresDatabases],
] as const)('Databases on %s', (_, kind) => {
  let databases: TestDatabases;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    databases = await kind.open();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  afterAll(() => databases.close());

  async function restored(recorded: RecordedDatabase): Promise<TestDatabase> {
    const database = await databases.create();
    await restore(recorded, database);
    return database;
  }

  /** Opened by the service: its migrations run. */
  async function open({ config }: TestDatabase): Promise<OpenStore> {
    const opened = await createStore(config);
    closing.push(() => opened.close());
    return opened;
  }

  async function opened(recorded: RecordedDatabase): Promise<OpenStore> {
    return open(await restored(recorded));
  }

  describe.each(VERSIONS)('recorded at version %s of the schema', (version, recorded) => {
    it('a restored database has the recorded schema and migrations', async () => {
      const database = await restored(recorded);
      expect(await database.schema()).toBe(recorded.schemas[database.config.type]);
      expect(versionOf(await database.migrated())).toBe(version);
    });

    it('the service finds all that was stored: heads, histories row by row, deadlines, events, incidents, lists, webhooks (G1, G8, invariant 8)', async () => {
      const found = await readAnswers(await opened(recorded), recorded.reading);
      expect(differences(recorded.answers, found)).toEqual([]);
      const rows = Object.values(found.histories).flat();
      expect(rows.length).toBeGreaterThan(300);
    });

    const isNewest = laterMigrations({ migrations: POSTGRES_MIGRATIONS }, version).length === 0;

    it(
      isNewest
        ? 'no migration has come after this version yet: opening the database changes neither schema nor rows'
        : 'opening the database runs each migration that came after this version, once: a second opening changes nothing',
      async () => {
        const database = await restored(recorded);
        const before = await stateOf(database);
        const later = laterMigrations(database, version).map(({ name }) => name);
        expect(later.length === 0).toBe(isNewest);
        await (await createStore(database.config)).close();
        const first = await stateOf(database);
        expect(first.migrated).toEqual([...before.migrated, ...later]);
        if (isNewest) expect(first).toEqual(before);
        await (await createStore(database.config)).close();
        expect(await stateOf(database)).toEqual(first);
      },
    );

    async function stateOf(database: TestDatabase) {
      return { migrated: await database.migrated(), schema: await database.schema(), rows: await database.rows() };
    }

    it('every order goes on where it stood, and ends (G7, G9)', async () => {
      const store = await opened(recorded);
      const clock = new VirtualClock(recorded.reading.now + 2 * HOUR);
      const scene = await ServiceScene.start(store, clock, endingPartners());
      await new OrderEnding(scene).play();

      const outcomes = ORDER_NAMES.map(async (name) => [name, (await scene.queries.status(orderIdOf(name))).outcome]);
      expect(Object.fromEntries(await Promise.all(outcomes))).toEqual(OUTCOMES);
      const notEnded = { runtimeStatus: ['running', 'suspended', 'failed'] as const };
      expect(await store.store.listActors({ filter: notEnded, limit: 100 })).toEqual([]);
      const open = await store.store.listIncidents({ open: true, limit: 100 });
      expect(open.map(({ kind }) => kind)).toEqual(['unknown_actor']);
      expect((await store.store.loadHead(returnIdOf('mended')))?.outcome).toBe('refunded');
      await scene.stop();
      expect(scene.errors).toEqual([]);
      expect(await lostRows(store, recorded.answers)).toEqual([]);
    });

    /** What is no longer in the histories as it was recorded, where they have a gap, and which pages do not make the whole. */
    async function lostRows({ store }: OpenStore, { histories }: StoredAnswers): Promise<string[]> {
      const lost: string[] = [];
      for (const [actorId, rows] of Object.entries(histories)) {
        const now = await historyOf(store, actorId);
        lost.push(...differences(rows, now.slice(0, rows.length), actorId));
        if (now.some(({ seq }, index) => seq !== index + 1)) lost.push(`${actorId}: there is a gap`);
        for (const limit of [1, 2, 7]) lost.push(...differences(now, await pagesOf(store, actorId, limit), actorId));
        const types = ['state.changed', 'activity.completed'];
        const some = now.filter(({ type }) => types.includes(type));
        lost.push(...differences(some, await store.history({ actorId, afterSeq: 0, types, limit: 1_000 }), actorId));
        if ((await store.loadActor(actorId))?.historySeq !== now.length) lost.push(`${actorId}: the end is missing`);
      }
      return lost;
    }

    it('a call that was under way is made again under the key it had (G3)', async () => {
      const clock = new VirtualClock(recorded.reading.now + 2 * HOUR);
      const scene = await ServiceScene.start(await opened(recorded), clock, endingPartners());
      const orderId = orderIdOf('reserving');
      await scene.comesTo(orderId, 'Completed');
      await scene.stop();
      const calls = scene.partners.calls.filter((call) => call.includes(' reserveProducts '));
      expect(calls).toEqual([`${orderId} reserveProducts ${orderId}:reserveProducts`]);
    });

    it('a request that was answered gets that response, and one that was not is taken over (G17)', async () => {
      const clock = new VirtualClock(recorded.reading.now + 2 * HOUR);
      const scene = await ServiceScene.start(await opened(recorded), clock, endingPartners());
      expect(await scene.requests.begin(ANSWERED)).toMatchObject({ kind: 'answered', answer: { status: 202 } });
      const begun = { kind: 'begun', reservedAt: recorded.reading.now };
      expect(await scene.requests.begin(UNANSWERED)).toMatchObject(begun);
      await scene.stop();
    });

    it('webhooks that were stored or under way are delivered (G16)', async () => {
      const store = await opened(recorded);
      const clock = new VirtualClock(recorded.reading.now + 2 * HOUR);
      const scene = await ServiceScene.start(store, clock, endingPartners());
      const relay = scene.relay(() => Promise.resolve({ statusCode: 200, error: null }));
      relay.start();
      const enabled = recorded.answers.endpoints.filter(({ disabledAt }) => disabledAt === null);
      const deliveries = async () =>
        Promise.all(enabled.map(({ endpointId }) => store.push.listDeliveries({ endpointId, limit: 100 })));
      await scene.until('all webhooks to be delivered', async () =>
        (await deliveries()).every((list) => list.every(({ state }) => state === 'delivered')),
      );
      await relay.stop();
      await scene.stop();
      const told = (await deliveries()).flat().map(({ body }) => body);
      for (const { messageId } of recorded.answers.outbox)
        expect(told.some((body) => body.includes(`evt_${messageId}`))).toBe(true);
    });
  });

  it.each(SCHEMA_MUTANTS)('the comparison finds a change that $does', async ({ statement, found }) => {
    const [, oldest] = VERSIONS[0]!;
    const database = await restored(oldest);
    await database.execute(statement);
    const answers = await readAnswers(await open(database), oldest.reading);
    expect(differences(oldest.answers, answers)).toContainEqual(expect.stringMatching(found));
  });
});

describe('A database that is recorded today', () => {
  let today: RecordedDatabase;

  beforeAll(async () => {
    today = await recordDatabase();
  });

  it('is the same at every recording', async () => {
    expect(await recordDatabase()).toEqual(today);
  });

  it('has the schema of the recorded one of the same version, if there is one', () => {
    const own = VERSIONS.find(([version]) => version === today.version);
    expect(own === undefined ? [] : differences(own[1].schemas, today.schemas)).toEqual([]);
  });
});
