import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DurableRuntime } from '../durable/index.js';
import { IDEMPOTENCY_STORE, type IdempotencyStore } from '../idempotency/idempotency-store.port.js';
import { PeriodicTask } from './periodic-task.js';

const EVERY_MS = 600_000;
/** In one statement: others write in between. */
const AT_ONCE = 500;

/** Removes answers whose keys have expired, in the background. Several nodes may do it at once. */
@Injectable()
export class IdempotencyPruner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Idempotency');
  private readonly periodic: PeriodicTask;

  constructor(
    @Inject(IDEMPOTENCY_STORE) private readonly answers: IdempotencyStore,
    private readonly runtime: DurableRuntime,
  ) {
    this.periodic = new PeriodicTask({
      clock: runtime.clock,
      everyMs: EVERY_MS,
      run: () => this.sweep(),
      onError: (error) => this.logger.warn(`Expired answers could not be removed: ${String(error)}`),
    });
  }

  onApplicationBootstrap(): void {
    this.periodic.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.periodic.stop();
  }

  /** @returns how many were removed. @throws StoreUnavailableError */
  async sweep(): Promise<number> {
    let removed = 0;
    for (let page = AT_ONCE; page === AT_ONCE; removed += page) {
      page = await this.answers.removeExpired(this.runtime.clock.now(), AT_ONCE);
    }
    return removed;
  }
}
