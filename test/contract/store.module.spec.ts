import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import type { DurableStore } from '../../src/durable/store.js';
import { DURABLE_STORE } from '../../src/durable/index.js';
import type { StoreConfig } from '../../src/store/store-config.js';
import { StoreModule } from '../../src/store/store.module.js';
import { startPostgres } from './postgres-server.js';
import { aCommit, anActor } from './record-fixture.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-module-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function start(config: StoreConfig): Promise<TestingModule> {
  return Test.createTestingModule({ imports: [StoreModule.forRoot(config)] }).compile();
}

async function commitsAcrossAShutdown(config: StoreConfig): Promise<void> {
  const actors = Array.from({ length: 10 }, () => anActor());
  const first = await start(config);
  const store = first.get<DurableStore>(DURABLE_STORE);
  const writing = actors.map((actor) => store.commit([aCommit(actor)]));
  await first.close();
  expect((await Promise.all(writing)).flat()).toEqual(actors.map(() => 'committed'));
  await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });

  const second = await start(config);
  expect(await second.get<DurableStore>(DURABLE_STORE).listActors({ filter: {}, limit: 100 })).toHaveLength(10);
  await second.close();
}

describe('StoreModule', () => {
  it('the SQLite store finishes its writes when the application closes, and frees the file', async () => {
    await commitsAcrossAShutdown({ type: 'sqlite', path: join(folder, 'orders.db') });
  });

  it('a second application on the same SQLite file does not start (G10)', async () => {
    const config = { type: 'sqlite', path: join(folder, 'orders.db') } as const;
    const first = await start(config);
    await expect(start(config)).rejects.toMatchObject({ code: 'database_in_use' });
    await first.close();
  });

  it('the PostgreSQL store finishes its writes when the application closes', async () => {
    const server = await startPostgres();
    try {
      await commitsAcrossAShutdown({ type: 'postgres', url: server.url });
    } finally {
      await server.stop();
    }
  });
});
