import { randomUUID } from 'node:crypto';

/** What the customer needs of the order service. */
export interface Shop {
  /** Places an order of the cart; resolves with its id. */
  order(cartId: string): Promise<string>;
  /** The provider's hosted page for the order's payment, or null when there is none yet. */
  checkoutUrl(orderId: string): Promise<string | null>;
}

/** Nobody can pay or refuse what was not asked for yet. */
class NoPaymentYetError extends Error {
  override readonly name = 'NoPaymentYetError';
  readonly code = 'no_payment_yet';
}

/** A customer in a box, for the page's buttons: fills a cart at the sandbox, orders, and decides on the payment. */
export class DemoCustomer {
  constructor(
    private readonly sandboxUrl: string,
    private readonly shop: Shop,
  ) {}

  async placeOrder(): Promise<string> {
    const cartId = randomUUID();
    await post(`${this.sandboxUrl}/cart/${cartId}/add`, { productId: 'coffee-beans-1kg', count: 2 });
    await post(`${this.sandboxUrl}/cart/${cartId}/add`, { productId: 'hand-grinder', count: 1 });
    return this.shop.order(cartId);
  }

  pay(orderId: string): Promise<void> {
    return this.decide(orderId, 'accept');
  }

  reject(orderId: string): Promise<void> {
    return this.decide(orderId, 'reject');
  }

  private async decide(orderId: string, decision: 'accept' | 'reject'): Promise<void> {
    const checkoutUrl = await this.shop.checkoutUrl(orderId);
    if (checkoutUrl === null) throw new NoPaymentYetError('The order has no payment to decide on yet.');
    await post(checkoutUrl, { decision });
  }
}

async function post(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
}
