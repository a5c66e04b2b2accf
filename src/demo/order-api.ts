import { randomUUID } from 'node:crypto';
import { ledgerSchema, type LedgerEntryDto } from '../contracts/ledger-contract.js';

export interface OrderStatusAnswer {
  readonly id: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly waitingFor: { readonly for: string; readonly until?: string | null } | null;
}

export interface DemoAddresses {
  readonly service: string;
  readonly sandbox: string;
  readonly key: string | null;
}

/** The service and its partners as any client sees them: over HTTP. */
export class OrderApi {
  constructor(private readonly at: DemoAddresses) {}

  /** @returns the id of a new cart with two kinds of goods. */
  async fillCart(): Promise<string> {
    const cartId = randomUUID();
    for (const line of [
      { productId: 'coffee-beans-1kg', count: 2 },
      { productId: 'hand-grinder', count: 1 },
    ]) {
      await call(`${this.at.sandbox}/cart/${cartId}/add`, { method: 'POST', ...json(line) });
    }
    return cartId;
  }

  async startOrder(cartId: string): Promise<string> {
    const answer = await this.ask(`order/start/${cartId}`, { method: 'POST' });
    return ((await answer.json()) as { id: string }).id; // the contract of POST /order/start
  }

  async status(orderId: string): Promise<OrderStatusAnswer> {
    const answer = await this.ask(`order/${orderId}/status`);
    return (await answer.json()) as OrderStatusAnswer; // the contract of GET status
  }

  /** Presses a button on the provider's hosted checkout page, as the customer would. */
  async decide(orderId: string, decision: 'accept' | 'reject'): Promise<void> {
    const answer = await this.ask(`order/${orderId}`);
    const order = (await answer.json()) as { payment: { checkoutUrl: string } }; // the contract of GET /order
    await call(order.payment.checkoutUrl, { method: 'POST', ...json({ decision }) });
  }

  async ledgers(orderId: string): Promise<LedgerEntryDto[]> {
    const lists = await Promise.all(
      ['payments', 'warehouse', 'fulfilment'].map(async (partner) => {
        const answer = await call(`${this.at.sandbox}/${partner}/ledger?orderId=${orderId}`);
        return ledgerSchema.parse(await answer.json());
      }),
    );
    return lists.flat();
  }

  /** Asks the service, with the key if there is one: where keys have roles, reading needs one, too. */
  private ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = this.at.key === null ? {} : { 'x-functions-key': this.at.key };
    return call(`${this.at.service}/${path}`, { ...init, headers });
  }
}

function json(body: unknown): { headers: Record<string, string>; body: string } {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** @throws Error with what the server said when it refuses, or where nothing answers. */
async function call(url: string, init: RequestInit = {}): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, init);
  } catch (error) {
    throw new Error(`Nothing answers at ${url}. Is the service running (npm start)?`, { cause: error });
  }
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}
