import { type BeforeApplicationShutdown, type OnApplicationBootstrap, Logger } from '@nestjs/common';
import { type Clock, PeriodicTask } from '../durable/index.js';

export interface PrunerOptions {
  readonly clock: Clock;
  /** Name of its logger. */
  readonly name: string;
  /** Time from the end of one run to the beginning of the next. */
  readonly everyMs: number;
  /** Begins the line that reports a failed run. */
  readonly failure: string;
}

/** Removes rows in the background while the application runs. Several nodes may do so at the same time. */
export abstract class Pruner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  protected readonly logger: Logger;
  protected readonly clock: Clock;
  protected stopping = false;
  private readonly periodic: PeriodicTask;

  constructor({ clock, name, everyMs, failure }: PrunerOptions) {
    this.logger = new Logger(name);
    this.clock = clock;
    this.periodic = new PeriodicTask({
      clock,
      everyMs,
      run: () => this.prune(),
      onError: (error) => this.logger.warn(`${failure}: ${String(error)}`),
    });
  }

  /** @returns how many rows it removed. @throws StoreUnavailableError */
  abstract prune(): Promise<number>;

  /** False: the settings never remove anything, so no run is needed. */
  protected abstract get isNeeded(): boolean;

  onApplicationBootstrap(): void {
    if (this.isNeeded) this.periodic.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    return this.periodic.stop();
  }
}

/**
 * Removes page after page until one is not full. Other writers get their turn between two pages.
 * @param remove removes at most `limit` rows and returns how many. @returns how many rows were removed in all.
 */
export async function inPages(limit: number, remove: (limit: number) => Promise<number>): Promise<number> {
  let removed = 0;
  for (let page = limit; page === limit; removed += page) page = await remove(limit);
  return removed;
}
