/**
 * Runs all reads and writes of the partners' database, one at a time.
 *
 * TypeORM holds one connection to an SQLite file. Transactions that overlap on it become savepoints of each other, and the
 * inner one would be acknowledged before it is on disk. The queue here prevents that: a write's promise resolves only after
 * its COMMIT (synchronous=FULL), and no reader sees half of a write.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { SANDBOX_CLOCK } from '../sandbox-options.js';
import type { SandboxClock } from '../sandbox-options.js';

/** One write. All changes through `manager` commit together or not at all, and share the instant `now`. */
export interface Tx {
  readonly manager: EntityManager;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

@Injectable()
export class SandboxStore implements OnApplicationShutdown {
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    @Inject(SANDBOX_CLOCK) private readonly clock: SandboxClock,
  ) {}

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.enqueue(() => this.dataSource.transaction((manager) => work({ manager, now: this.clock.now() })));
  }

  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.enqueue(() => work(this.dataSource.manager));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tail;
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private enqueue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.tail.then(work);
    this.tail = turn.catch(() => undefined);
    return turn;
  }
}
