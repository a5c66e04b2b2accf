import { Agent, request } from 'undici';
import type { OrderDriver } from '../engine/closed-loop.js';

interface AwaitedOrder {
  readonly reached: boolean;
  readonly outcome: string | null;
  readonly paymentId?: string;
}

/** A shop and its customers: places orders, waits for them by long poll, and pays on the provider's page. */
export class StackClient {
  private readonly agent = new Agent({ pipelining: 1, keepAliveTimeout: 30_000 });
  private readonly payments = new Map<string, string>();

  constructor(
    private readonly serviceUrl: string,
    private readonly sandboxUrl: string,
    private readonly key: string,
  ) {}

  readonly driver: Omit<OrderDriver, 'start'> = {
    parked: async (id) => {
      const { paymentId } = await this.wait(id, 'payable');
      if (paymentId === undefined) throw new Error(`Order ${id} is payable and has no payment.`);
      this.payments.set(id, paymentId);
    },
    pay: async (id) => {
      const paymentId = this.payments.get(id) ?? '';
      this.payments.delete(id);
      await this.ask('POST', `${this.sandboxUrl}/payments/${paymentId}/checkout`, { decision: 'accept' });
    },
    ended: async (id) => {
      const { outcome } = await this.wait(id, 'ended');
      if (outcome !== 'fulfilled') throw new Error(`Order ${id} ended as ${outcome ?? 'nothing'}.`);
    },
  };

  /** @returns the order's id; the order is durable. */
  async place(cartId: string): Promise<string> {
    return ((await this.ask('POST', `${this.serviceUrl}/order/start/${cartId}`)) as { id: string }).id; // the contract
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async wait(id: string, until: string): Promise<AwaitedOrder> {
    for (;;) {
      const answer = await this.ask('GET', `${this.serviceUrl}/order/${id}/wait?until=${until}`);
      const order = answer as AwaitedOrder; // the contract of the route
      if (order.reached) return order;
    }
  }

  private async ask(method: 'GET' | 'POST', url: string, body?: object): Promise<unknown> {
    const { statusCode, body: answer } = await request(url, {
      method,
      dispatcher: this.agent,
      headers: { 'x-functions-key': this.key, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (statusCode >= 300) throw new Error(`${method} ${url} was answered ${statusCode}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}
