import type { CrashScene, PaymentFate } from '../crash/crash-scene.js';
import type { SeededRandom } from '../support/seeded-random.js';

const LONGEST_PAUSE_MS = 400;
const FATES: readonly PaymentFate[] = ['accept', 'accept', 'reject', 'manual'];

/**
 * Places one order after the other, whatever state the service is in: some are paid at once, some are declined, some are
 * never answered, and now and then a callback of an earlier one is delivered again.
 */
export class SoakCustomer {
  /** Orders whose start was answered with 202. */
  readonly acknowledged: string[] = [];
  private stopped = false;

  constructor(
    private readonly scene: CrashScene,
    private readonly random: SeededRandom,
  ) {}

  async run(): Promise<void> {
    while (!this.stopped) {
      const id = await this.scene.placeOrder();
      if (id !== null) {
        this.acknowledged.push(id);
        await this.scene.autoPay(this.random.pick(FATES) ?? 'manual', id);
      }
      if (this.random.chance(0.3)) await this.repeatCallbacks();
      await new Promise((resolve) => setTimeout(resolve, 20 + this.random.below(LONGEST_PAUSE_MS)));
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async repeatCallbacks(): Promise<void> {
    const earlier = this.random.pick(this.acknowledged);
    if (earlier === undefined) return;
    for (const { webhookId } of await this.scene.callbacks(earlier)) await this.scene.resend(webhookId);
  }
}
