import { copyFileSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailableError } from '../../src/durable/store.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { aCommit, anActor } from '../contract/record-fixture.js';

const FILES = ['orders.db', 'orders.db-wal'] as const;

const MISHAPS: Readonly<Record<string, (path: string) => void>> = {
  removed: (path) => rmSync(path),
  renamed: (path) => renameSync(path, `${path}.old`),
  'replaced by a copy': (path) => {
    copyFileSync(path, `${path}.copy`);
    renameSync(`${path}.copy`, path);
  },
  'replaced by an empty file': (path) => {
    rmSync(path);
    writeFileSync(path, '');
  },
};

const CALLS: Readonly<Record<string, (opened: OpenStore) => Promise<unknown>>> = {
  'a commit': ({ store }) => store.commit([aCommit(anActor())]),
  'a write': ({ store }) => store.renewNode('node', 1),
  'a read': ({ store }) => store.loadActor('none'),
  'the question of readiness': ({ stats }) => stats.backlog(0),
};

const CASES = FILES.flatMap((file) =>
  Object.keys(MISHAPS).flatMap((mishap) => Object.keys(CALLS).map((call) => ({ file, mishap, call }))),
);

describe('The files of a SQLite database', () => {
  let folder: string;
  let opened: OpenStore;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'moved-database-'));
    opened = await createStore({ type: 'sqlite', path: join(folder, 'orders.db') });
    await opened.store.commit([aCommit(anActor())]);
  });
  afterEach(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  it.each(CASES)('$file $mishap: $call is refused (G1)', async ({ file, mishap, call }) => {
    MISHAPS[mishap]!(join(folder, file));
    await expect(CALLS[call]!(opened)).rejects.toBeInstanceOf(StoreUnavailableError);
    // And so is what follows: a new, empty database would know no order.
    await expect(CALLS[call]!(opened)).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it('are readable by the user of the service alone', () => {
    for (const file of [...FILES, 'orders.db-shm', 'orders.db-lock']) {
      expect([file, (statSync(join(folder, file)).mode & 0o777).toString(8)]).toEqual([file, '600']);
    }
  });
});
