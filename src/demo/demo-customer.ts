import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DemoSandbox, type FaultLine } from './demo-sandbox.js';

/** What the customer needs of the order service. */
export interface Shop {
  /** Places an order of the cart, to be paid within `paymentTimeoutMs` (default: the service's own); resolves with its id. */
  order(cartId: string, paymentTimeoutMs?: number): Promise<string>;
  /** The provider's hosted page for the order's payment, or null when there is none yet. */
  checkoutUrl(orderId: string): Promise<string | null>;
  /** Name of the order's status. */
  status(orderId: string): Promise<string>;
  /** Told when a scene cannot be played to its end: nobody waits for it any more. */
  sceneFailed(orderId: string, error: unknown): void;
}

type Scene = 'place' | 'paid' | 'rejected' | 'times-out' | 'paid-twice' | 'paid-late';
type Mood = 'fine' | 'slow' | 'failing';

/** Nobody can pay or refuse what was not asked for yet. */
class NoPaymentYetError extends Error {
  override readonly name = 'NoPaymentYetError';
  readonly code = 'no_payment_yet';
}

const PARTNERS = ['cart', 'users', 'warehouse', 'shipping', 'pricing', 'payments', 'fulfilment'] as const;
type Partner = (typeof PARTNERS)[number];

const SHORT_TIMEOUT_MS = 5_000;
const SLOW_MS = 3_000;
/** Long enough that the money gets there before the withdrawal does. */
const WITHDRAWAL_MS = 2_500;
/** A scene waits for its order, say while a partner is slow, but not for ever. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 100;

/** A customer in a box, for the dashboard's demo panel: fills a cart at the sandbox, orders, and decides on the payment. */
export class DemoCustomer {
  private readonly sandbox: DemoSandbox;

  constructor(
    sandboxUrl: string,
    private readonly shop: Shop,
  ) {
    this.sandbox = new DemoSandbox(sandboxUrl);
  }

  /** The scene plays on after this has resolved. */
  async placeOrder(scene: Scene = 'place'): Promise<string> {
    const cartId = randomUUID();
    await this.sandbox.ask('POST', `/cart/${cartId}/add`, { productId: 'coffee-beans-1kg', count: 2 });
    await this.sandbox.ask('POST', `/cart/${cartId}/add`, { productId: 'hand-grinder', count: 1 });
    const isShort = scene === 'times-out' || scene === 'paid-late';
    const orderId = await this.shop.order(cartId, isShort ? SHORT_TIMEOUT_MS : undefined);
    this.play(scene, orderId).catch((error: unknown) => this.shop.sceneFailed(orderId, error));
    return orderId;
  }

  pay(orderId: string): Promise<void> {
    return this.decide(orderId, 'accept');
  }

  reject(orderId: string): Promise<void> {
    return this.decide(orderId, 'reject');
  }

  async moods(): Promise<Record<Partner, Mood>> {
    const plan = await this.sandbox.faults();
    const moodOf = (partner: Partner): Mood => {
      const line = plan.find((each) => isMoodOf(each, partner));
      return line === undefined ? 'fine' : line.kind === 'latency' ? 'slow' : 'failing';
    };
    return Object.fromEntries(PARTNERS.map((partner) => [partner, moodOf(partner)])) as Record<Partner, Mood>; // of all of them
  }

  async setMood(partner: Partner, mood: Mood): Promise<void> {
    const lines: Readonly<Record<Mood, FaultLine[]>> = {
      fine: [],
      slow: [{ service: partner, kind: 'latency', latencyMs: SLOW_MS }],
      failing: [{ service: partner, kind: 'status', status: 503 }],
    };
    await this.sandbox.changeFaults((plan) => [...plan.filter((line) => !isMoodOf(line, partner)), ...lines[mood]]);
  }

  private async play(scene: Scene, orderId: string): Promise<void> {
    switch (scene) {
      case 'place':
      case 'times-out':
        return;
      case 'paid':
        await this.payable(orderId);
        await this.pay(orderId);
        return;
      case 'rejected':
        await this.payable(orderId);
        await this.reject(orderId);
        return;
      case 'paid-twice':
        await this.payable(orderId);
        await this.pay(orderId);
        await this.until(async () => (await this.shop.status(orderId)) !== 'AwaitingPayment');
        await this.sandbox.resendCallbacks(orderId);
        return;
      case 'paid-late': {
        const line: FaultLine = {
          service: 'payments',
          operation: 'payments.void',
          orderId,
          kind: 'latency',
          latencyMs: WITHDRAWAL_MS,
        };
        await this.sandbox.changeFaults((plan) => [...plan, line]);
        await this.payable(orderId);
        await this.until(async () => (await this.shop.status(orderId)) === 'PaymentFailed');
        await this.pay(orderId);
        await this.sandbox.changeFaults((plan) => plan.filter((each) => each.orderId !== orderId));
        return;
      }
    }
  }

  private payable(orderId: string): Promise<void> {
    return this.until(async () => (await this.shop.checkoutUrl(orderId)) !== null);
  }

  /** @throws Error when the order does not get there while the scene has patience. */
  private async until(isSo: () => Promise<boolean>): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    while (!(await isSo())) {
      if (performance.now() > end) throw new Error('The order did not get where the scene needs it.');
      await sleep(LOOK_MS, undefined, { ref: false });
    }
  }

  private async decide(orderId: string, decision: 'accept' | 'reject'): Promise<void> {
    const checkoutUrl = await this.shop.checkoutUrl(orderId);
    if (checkoutUrl === null) throw new NoPaymentYetError('The order has no payment to decide on yet.');
    await this.sandbox.decide(checkoutUrl, decision);
  }
}

/** A line that is about all calls of the partner, for ever. */
function isMoodOf({ service, operation, orderId, times }: FaultLine, partner: Partner): boolean {
  return service === partner && operation === undefined && orderId === undefined && times === undefined;
}
