import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DurableRuntime } from '../durable/index.js';
import { PeriodicTask } from './periodic-task.js';
import { RECEIVED_WEBHOOKS, type ReceivedWebhooks } from '../payment-webhooks/received-webhook.port.js';

/** Injects how many days a received webhook is kept after its last delivery; 0: for ever. */
export const WEBHOOK_RETENTION_DAYS = Symbol('WEBHOOK_RETENTION_DAYS');

const DAY_MS = 86_400_000;
const EVERY_MS = 3_600_000;
/** In one statement: others write in between. */
const AT_ONCE = 500;

/** Forgets webhooks that are old, in the background. Several nodes may do it at once. */
@Injectable()
export class WebhookPruner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Webhooks');
  private readonly periodic: PeriodicTask;

  constructor(
    @Inject(RECEIVED_WEBHOOKS) private readonly webhooks: ReceivedWebhooks,
    @Inject(WEBHOOK_RETENTION_DAYS) private readonly keptDays: number,
    private readonly runtime: DurableRuntime,
  ) {
    this.periodic = new PeriodicTask({
      clock: runtime.clock,
      everyMs: EVERY_MS,
      run: () => this.sweep(),
      onError: (error) => this.logger.warn(`Old webhooks could not be forgotten: ${String(error)}`),
    });
  }

  onApplicationBootstrap(): void {
    if (this.keptDays > 0) this.periodic.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.periodic.stop();
  }

  /** @returns how many were forgotten. @throws StoreUnavailableError */
  async sweep(): Promise<number> {
    const before = this.runtime.clock.now() - this.keptDays * DAY_MS;
    let forgotten = 0;
    for (let page = AT_ONCE; page === AT_ONCE; forgotten += page) page = await this.webhooks.forget(before, AT_ONCE);
    return forgotten;
  }
}
