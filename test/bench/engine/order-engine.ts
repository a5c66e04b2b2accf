import { randomUUID } from 'node:crypto';
import { type ActorRecord, DurableHandle, DurableRuntime, type DurableStore } from '../../../src/durable/index.js';
import type { LatePaymentMachine } from '../../../src/orders/machine/late-payment/late-payment-machine.js';
import type { OrderMachine } from '../../../src/orders/machine/order/order-machine.js';
import { latePaymentRegistration } from '../../../src/orders/late-payments/late-payment-registration.js';
import { LatePayments } from '../../../src/orders/late-payments/late-payments.js';
import { orderRegistration } from '../../../src/orders/order-registration.js';
import { OrderQueries } from '../../../src/orders/order-queries.js';
import { OrderService } from '../../../src/orders/order.service.js';
import { orderRedactor } from '../../../src/orders/redaction/order-redaction.js';
import { activitiesOf, ANSWERS, HOUR, SETTINGS, TOTAL } from '../../model/order-fixture.js';

type Passage = 'parked' | 'ended';

/** What each activity does. */
type Partners = Parameters<typeof activitiesOf>[0];

/**
 * Orders in the real runtime, whose partners answer at once in this process: what is left is the engine's own work.
 * `READS_BEFORE_COMMIT=false` commits every turn before its activity, as it does the service.
 */
export class OrderEngine {
  readonly runtime: DurableRuntime;
  readonly handle: DurableHandle<OrderMachine>;
  readonly orders: OrderService;
  readonly queries: OrderQueries;
  readonly latePayments: DurableHandle<LatePaymentMachine>;
  turns = 0;
  private readonly waiting = new Map<string, () => void>();

  constructor(store: DurableStore, partners: Partners = (activity) => Promise.resolve(ANSWERS[activity])) {
    const logics = activitiesOf(partners);
    const safeBeforeCommit = process.env['READS_BEFORE_COMMIT'] !== 'false';
    this.runtime = new DurableRuntime({ store, safeBeforeCommit });
    this.handle = new DurableHandle<OrderMachine>(this.runtime, this.runtime.register(orderRegistration(logics)));
    const registered = this.runtime.register(latePaymentRegistration(logics));
    this.latePayments = new DurableHandle<LatePaymentMachine>(this.runtime, registered);
    const late = new LatePayments(this.latePayments);
    this.queries = new OrderQueries(this.handle, orderRedactor([]), late);
    this.orders = new OrderService(this.handle, { ...SETTINGS, paymentTimeoutMs: HOUR }, this.queries, late);
    this.runtime.onCommitted((actor) => this.notice(actor));
  }

  /** Resolves when the commit that brings the order there is durable. Ask before it can happen. */
  passes(id: string, passage: Passage): Promise<void> {
    return new Promise((resolve) => this.waiting.set(`${id} ${passage}`, resolve));
  }

  /** Calls back for every order that comes to wait for its payment, and for every one that ends. */
  onPassage(listener: (id: string, passage: Passage) => void): void {
    this.runtime.onCommitted((actor) => {
      const passage = passageOf(actor);
      if (passage !== null) listener(actor.actorId, passage);
    });
  }

  /** @returns the order's id; the order is durable. */
  async start(): Promise<string> {
    return (await this.orders.start({ sessionId: randomUUID() })).id;
  }

  async pay(id: string): Promise<void> {
    await this.orders.acceptPayment(id, { paymentId: ANSWERS.startPayment.paymentId, amount: TOTAL }, `paid:${id}`);
  }

  private notice(actor: ActorRecord): void {
    const passage = passageOf(actor);
    if (passage === 'ended') this.turns += actor.revision;
    if (passage === null) return;
    const key = `${actor.actorId} ${passage}`;
    this.waiting.get(key)?.();
    this.waiting.delete(key);
  }
}

function passageOf(actor: ActorRecord): Passage | null {
  if (actor.completedAt !== null) return 'ended';
  const isParked = actor.status === 'AwaitingPayment' && !actor.waitingFor.includes('"kind":"activity"');
  return isParked ? 'parked' : null;
}
