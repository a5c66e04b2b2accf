import { payment, TOTAL } from '../../model/order-fixture.js';
import { OPEN, orderIdOf, returnIdOf, type OrderName } from './order-story.js';
import { paymentIdOf, ScriptedPartners } from './scripted-partners.js';
import type { ServiceScene } from './service-scene.js';

const AUDIT = { by: 'ops', reason: 'after the update' };

/** How every order of the story ends once the service is up again. */
export const OUTCOMES: Readonly<Record<OrderName, string | null>> = {
  fulfilled: 'fulfilled',
  cancelled: 'cancelled',
  outOfStock: 'out_of_stock',
  timedOut: 'payment_timed_out',
  terminated: null,
  failed: 'fulfilled',
  mended: 'fulfilled',
  stuck: 'fulfilled',
  backingOff: 'fulfilled',
  reserving: 'fulfilled',
  suspended: 'fulfilled',
  parked: 'fulfilled',
  parkedBriefly: 'payment_timed_out',
};

/** Brings the orders of the story to their ends: the process that had them has died, and another one is up. */
export class OrderEnding {
  constructor(private readonly scene: ServiceScene) {}

  async play(): Promise<void> {
    await this.endTakenOver();
    await this.endCommanded();
    await this.endPaid();
    await this.endTimedOut();
  }

  /** What the dead process had under way, and what became due meanwhile, goes on by itself. */
  private async endTakenOver(): Promise<void> {
    await this.ends('reserving');
    await this.scene.until('the late payment to be looked up', async () => {
      const { latePayments } = await this.scene.queries.get(orderIdOf('timedOut'));
      return latePayments.some(({ outcome }) => outcome === 'refunded');
    });
    await this.scene.comesTo(orderIdOf('backingOff'), OPEN);
  }

  private async endCommanded(): Promise<void> {
    const { orders, returns } = this.scene;
    await orders.resume(orderIdOf('suspended'), { ...AUDIT, key: 'resume-1' });
    await this.ends('suspended');
    await orders.retry(orderIdOf('stuck'), { ...AUDIT, key: 'retry-2' });
    await this.ends('stuck');
    await orders.retry(orderIdOf('failed'), { ...AUDIT, key: 'retry-3' });
    await this.scene.comesTo(orderIdOf('failed'), OPEN);
    await returns.send(returnIdOf('mended'), { type: 'return.received', by: 'ops' }, { key: 'received-2' });
    await this.scene.comesTo(returnIdOf('mended'), 'Refunded');
  }

  private async endPaid(): Promise<void> {
    for (const name of ['parked', 'backingOff', 'failed'] as const) {
      const paymentId = paymentIdOf(orderIdOf(name));
      await this.scene.orders.acceptPayment(orderIdOf(name), { paymentId, amount: TOTAL }, 'webhook:late');
      await this.ends(name);
    }
  }

  private async endTimedOut(): Promise<void> {
    await this.scene.passTo(await this.scene.deadlineOf(orderIdOf('parkedBriefly')));
    await this.ends('parkedBriefly');
  }

  private ends(name: OrderName): Promise<void> {
    return this.scene.comesTo(orderIdOf(name), 'Completed');
  }
}

/** What partners answer to the process that comes after. */
export function endingPartners(): ScriptedPartners {
  const partners = new ScriptedPartners();
  partners.script(orderIdOf('timedOut'), 'lookUpPayment', [{ output: payment('captured') }]);
  return partners;
}
