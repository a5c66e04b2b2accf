import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { StoreConfig } from '../../../src/store/store-config.js';
import { compiled } from '../../support/compiled-sources.js';
import { type DatabaseName, sharedDatabase } from '../databases/bench-database.js';
import type { Figures } from '../report/figures.js';

export interface RecoveryCommand {
  readonly store: StoreConfig;
  readonly orders: number;
  /** `begin`: starts the orders, whose partners then never answer. `finish`: brings what it finds to its end. */
  readonly what: 'begin' | 'finish';
}

export interface RecoveryEvent {
  /** The runtime has started. */
  readonly ready?: true;
  /** Every order has an activity under way (`begin`), or has ended (`finish`). */
  readonly done?: true;
}

/**
 * Kills a process with SIGKILL while so many orders are under way, an eighth of them at each of the eight calls to partners.
 * Times are from the start of the next process: until its runtime has started, and until all orders have ended.
 */
export async function benchRecovery(name: DatabaseName, orders: number): Promise<Figures> {
  const database = await sharedDatabase(name);
  const children: ChildProcess[] = [];
  const start = (what: RecoveryCommand['what']): ChildProcess => {
    const child = fork(compiled('test/bench/engine/recovery-child.js'));
    children.push(child);
    child.send({ store: database.config, orders, what } satisfies RecoveryCommand);
    return child;
  };
  try {
    await (await database.open()).close(); // its schema is there
    const first = start('begin');
    await heard(first, 'done');
    first.kill('SIGKILL');
    await once(first, 'exit');
    const started = performance.now();
    const second = start('finish');
    const done = heard(second, 'done');
    await Promise.race([heard(second, 'ready'), done]);
    const readyMs = performance.now() - started;
    await done;
    return { underWay: orders, readyMs, allEndedMs: performance.now() - started };
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await database.remove();
  }
}

/** @throws Error when the process ends before it says so. */
function heard(child: ChildProcess, what: keyof RecoveryEvent): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (event: RecoveryEvent) => {
      if (event[what] === true) resolve();
    });
    child.once('exit', () => reject(new Error(`The process died before it was ${what}.`)));
  });
}
