import { keyedGuid } from '../../../src/durable/index.js';
import type { OrderActivityName } from '../../../src/orders/machine/order/order-activities.js';
import type { PaymentReport } from '../../../src/payment-webhooks/payment-report.js';
import { eur, failure, payment, reservation, TOTAL } from '../../model/order-fixture.js';
import { paymentIdOf, type ScriptedPartners } from './scripted-partners.js';
import { DAY, type ServiceScene } from './service-scene.js';

/** Orders in every condition that is stored differently, each by the name of where it stands when the process dies. */
export const ORDER_NAMES = [
  'fulfilled',
  'cancelled',
  'outOfStock',
  'timedOut',
  'terminated',
  'failed',
  'mended',
  'stuck',
  'backingOff',
  'reserving',
  'suspended',
  'parked',
  'parkedBriefly',
] as const;
export type OrderName = (typeof ORDER_NAMES)[number];

/** A request that carries an idempotency key. */
export const ANSWERED = { scope: 'key:shop', key: 'order-1', fingerprint: 'POST /order/start/1' };
export const UNANSWERED = { scope: 'key:shop', key: 'order-2', fingerprint: 'POST /order/start/2' };

export const OPEN = 'AwaitingPayment.open+payment.waiting';
const down = { failure: failure('partner_unavailable', true) };
/** Each of its characters has a meaning to some parser on its way. */
const AUDIT = { by: 'ops', reason: 'the customer\'s "wish": 5 % \\ $1 {}\n\u2013 \u65e5\u672c \u{1f98a}' };

const cartOf = (name: OrderName): string =>
  `00000000-0000-4000-8000-${String(ORDER_NAMES.indexOf(name) + 1).padStart(12, '0')}`;
export const orderIdOf = (name: OrderName): string => keyedGuid(cartOf(name), name);
export const returnIdOf = (name: OrderName): string => `return-${orderIdOf(name)}`;

/**
 * Plays all orders to where they stand. Nobody stops the process after it: it dies with an activity, a delivery and a
 * request under way. An order whose deadline is near comes before those that time must not pass for.
 */
export class OrderStory {
  private webhooks = 0;

  constructor(private readonly scene: ServiceScene) {}

  async play(): Promise<void> {
    await this.playEnded();
    await this.playTroubled();
    await this.playReturns();
    await this.playWaiting();
    await this.playPush();
    await this.playAccess();
  }

  private async playEnded(): Promise<void> {
    const { scene } = this;
    await this.placeUnderKey();
    await this.pay('fulfilled');
    await scene.comesTo(orderIdOf('fulfilled'), 'Completed');
    this.webhooks -= 1; // The provider delivers once more.
    await this.pay('fulfilled');

    const missing = reservation({ productId: 'ink', count: 3, available: 1 });
    await this.place('outOfStock', { replies: { reserveProducts: [{ output: missing }] } });
    await scene.comesTo(orderIdOf('outOfStock'), 'Completed');

    await this.place('timedOut', { paymentTimeoutMs: 60_000, replies: { lookUpPayment: ['silence'] } });
    await scene.comesTo(orderIdOf('timedOut'), OPEN);
    await scene.passTo(await scene.deadlineOf(orderIdOf('timedOut')));
    await scene.comesTo(orderIdOf('timedOut'), 'Completed');
    await this.pay('timedOut');

    await this.place('terminated', { replies: { lookUpPayment: [{ output: payment('captured') }] } });
    await scene.comesTo(orderIdOf('terminated'), OPEN);
    await scene.orders.terminate(orderIdOf('terminated'), { ...AUDIT, key: 'terminate-1' });
    await this.pay('terminated');
    await this.lateRefund('terminated');
  }

  private async playTroubled(): Promise<void> {
    const { scene } = this;
    const both = ['mended', 'stuck'] as const;
    for (const name of both) {
      await this.place(name, { replies: { sendShippingOrder: [down, down, down] } });
      await scene.comesTo(orderIdOf(name), OPEN);
      await this.pay(name);
      await scene.comesTo(orderIdOf(name), 'SendShippingOrder.backoff');
    }
    for (let tries = 2; tries <= 3; tries += 1) {
      await scene.passTo(await scene.deadlineOf(orderIdOf('stuck')));
      for (const name of both) await this.called(name, 'sendShippingOrder', tries);
    }
    for (const name of both) await scene.comesTo(orderIdOf(name), 'SendShippingOrder.incident');
    await scene.orders.retry(orderIdOf('mended'), { ...AUDIT, key: 'retry-1' });
    await scene.comesTo(orderIdOf('mended'), 'Completed');

    await this.place('failed', { replies: { calculateShipping: [{ output: null }] } });
    await scene.until('an order to fail', async () => {
      const head = await scene.opened.store.loadHead(orderIdOf('failed'));
      return head?.runtimeStatus === 'failed';
    });
    await this.tell({ type: 'payment.accepted', orderId: cartOf('parked'), paymentId: 'payment-x', amount: eur(1) });
    await this.tell(null);
  }

  private async playReturns(): Promise<void> {
    for (const name of ['fulfilled', 'mended'] as const) {
      const { context } = await this.scene.queries.stored(orderIdOf(name));
      const { correlationId, settings, payment: paid, reservation: goods, captured } = context;
      if (paid === null || goods === null || captured === null) throw new Error(`${name} was not paid.`);
      const { paymentId } = paid;
      const { reservationId } = goods;
      const asked = { reason: 'dented', requestKey: name };
      const input = { orderId: orderIdOf(name), correlationId, settings, reservationId, paymentId, captured, ...asked };
      await this.scene.returns.start(input, { id: returnIdOf(name) });
      await this.scene.returns.send(returnIdOf(name), { type: 'return.approve', by: 'ops' }, { key: 'approve-1' });
    }
    await this.scene.returns.send(
      returnIdOf('fulfilled'),
      { type: 'return.received', by: 'ops' },
      { key: 'received-1' },
    );
    await this.scene.comesTo(returnIdOf('fulfilled'), 'Refunded');
  }

  /** From here on time stands still. */
  private async playWaiting(): Promise<void> {
    const { scene } = this;
    for (const name of ['parked', 'suspended', 'cancelled'] as const) {
      await this.place(name);
      await scene.comesTo(orderIdOf(name), OPEN);
    }
    await scene.orders.suspend(orderIdOf('suspended'), { ...AUDIT, key: 'suspend-1' });
    await this.pay('suspended');

    await this.place('reserving', { replies: { reserveProducts: ['silence'] } });
    await this.called('reserving', 'reserveProducts', 1);
    await this.pay('reserving');
  }

  private async playPush(): Promise<void> {
    const { scene } = this;
    const { push } = scene.opened;
    const shop = await scene.endpoints.register({ url: 'https://shop.example/hook', description: 'shop' }, 'shop');
    const books = { url: 'https://books.example/hook', events: ['order.completed'], description: 'books' };
    const { id: booksId } = await scene.endpoints.register(books, 'books');
    const { id: oldId } = await scene.endpoints.register({ url: 'https://old.example/hook' }, 'old');
    await scene.endpoints.disable(oldId);
    await scene.endpoints.rotate(shop.id);

    await scene.orders.cancel(orderIdOf('cancelled'), { ...AUDIT, key: 'cancel-1' });
    await scene.comesTo(orderIdOf('cancelled'), 'Completed');
    const first = scene.relay(({ url }) => {
      const isWell = url.includes('shop');
      return Promise.resolve({ statusCode: isWell ? 200 : 503, error: isWell ? null : 'http_503' });
    });
    first.start();
    await scene.until('webhooks to be sent', async () => {
      const sent = await push.listDeliveries({ endpointId: shop.id, limit: 100 });
      const [refused] = await push.listDeliveries({ endpointId: booksId, limit: 1 });
      return sent.length > 1 && sent.every(({ state }) => state === 'delivered') && refused?.lastStatus === 503;
    });
    await first.stop();

    await this.place('backingOff', { replies: { calculateFinalPrice: [down] } });
    await scene.comesTo(orderIdOf('backingOff'), 'CalculatingFinalPrice.backoff');
    const second = scene.relay(() => new Promise(() => {}));
    second.start();
    await scene.until('webhooks to be under way', async () => {
      const due = await push.listDeliveries({ endpointId: shop.id, state: 'pending', limit: 100 });
      return due.some(({ attempts }) => attempts === 1);
    });
    // Nobody takes these out of the outbox any more.
    await this.place('parkedBriefly', { paymentTimeoutMs: 7 * DAY });
    await scene.comesTo(orderIdOf('parkedBriefly'), OPEN);
  }

  private async playAccess(): Promise<void> {
    const { requests, opened, clock } = this.scene;
    await requests.begin(UNANSWERED);
    const at = clock.now();
    for (const [number, action] of ['order.terminated', 'order.retried', 'key.revoked'].entries()) {
      const auditId = `${String(at).padStart(15, '0')}-${number}`;
      const request = `POST /${action.replace('.', '/')}`;
      const entry = { auditId, at, by: 'ops', role: 'operator', action, request, reason: null, requestId: null };
      await opened.audit.append({ ...entry, subject: number === 0 ? orderIdOf('terminated') : null });
    }
    const revocation = { revokedAt: at, by: 'ops', reason: 'lost' };
    await opened.revocations.revoke({ ...revocation, kind: 'key', subject: 'fingerprint-1' });
    await opened.revocations.revoke({ ...revocation, kind: 'order', subject: orderIdOf('parked') });
  }

  private async place(name: OrderName, { replies = {}, paymentTimeoutMs = 400 * DAY }: Placing = {}): Promise<void> {
    const { partners, orders } = this.scene;
    for (const [activity, answers] of Object.entries(replies))
      partners.script(orderIdOf(name), activity as OrderActivityName, answers); // its keys, by its type
    await orders.start({ ...requestOf(name), key: name, paymentTimeoutMs });
  }

  /** As a shop does, which repeats a request until it is answered. */
  private async placeUnderKey(): Promise<void> {
    const { requests } = this.scene;
    await requests.begin(ANSWERED);
    await this.place('fulfilled');
    await this.scene.comesTo(orderIdOf('fulfilled'), OPEN);
    const id = orderIdOf('fulfilled');
    await requests.keep(
      ANSWERED,
      { status: 202, headers: '{"location":"/order/1"}', body: JSON.stringify({ id }) },
      id,
    );
  }

  private pay(name: OrderName): Promise<void> {
    const orderId = orderIdOf(name);
    return this.tell({ type: 'payment.accepted', orderId, paymentId: paymentIdOf(orderId), amount: TOTAL });
  }

  /** The provider's next webhook. Null: one that no order acts on. */
  private async tell(report: PaymentReport | null): Promise<void> {
    this.webhooks += 1;
    await this.scene.inbox.receive({
      source: 'payments',
      eventId: `evt-${this.webhooks}`,
      type: report?.type ?? 'dispute.opened',
      body: { report },
      orderId: report?.orderId ?? null,
      report,
      ...(report === null ? { unread: { disposition: 'noted', reason: 'type_unknown' } as const } : {}),
    });
  }

  private called(name: OrderName, activity: OrderActivityName, times: number): Promise<void> {
    const call = `${orderIdOf(name)} ${activity} `;
    return this.scene.until(`${name} to call ${activity}`, () =>
      Promise.resolve(this.scene.partners.calls.filter((each) => each.startsWith(call)).length === times),
    );
  }

  private lateRefund(name: OrderName): Promise<void> {
    return this.scene.until(`${name} to give a late payment back`, async () => {
      const { latePayments } = await this.scene.queries.get(orderIdOf(name));
      return latePayments.some(({ outcome }) => outcome === 'refunded');
    });
  }
}

const requestOf = (name: OrderName) => ({
  sessionId: cartOf(name),
  userId: `user-${name}`,
  correlationId: `correlation-${name}`,
});

interface Placing {
  readonly replies?: { readonly [K in OrderActivityName]?: Parameters<ScriptedPartners['script']>[2] };
  readonly paymentTimeoutMs?: number;
}
