import { filledCart } from '../support/filled-cart.js';

interface Placed {
  readonly id: string;
  readonly orderToken: string;
}

/** Places orders one after the other and follows each for a while; notes how long each request took. */
export class HonestClient {
  readonly acknowledged: string[] = [];
  /** Milliseconds of each request. */
  durations: number[] = [];
  readonly refusals = new Map<string, number>();
  private stopped = false;

  constructor(
    private readonly serviceUrl: string,
    private readonly sandboxUrl: string,
    private readonly key: string,
  ) {}

  async run(): Promise<void> {
    while (!this.stopped) {
      const cart = await filledCart(this.sandboxUrl);
      const placed = await this.ask<Placed>('POST', `/order/start/${cart}`, { 'x-functions-key': this.key });
      if (placed !== null) {
        this.acknowledged.push(placed.id);
        for (let look = 0; look < 3; look++) {
          await this.ask('GET', `/order/${placed.id}/status`, { authorization: `Bearer ${placed.orderToken}` });
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private async ask<T>(method: string, path: string, headers: Readonly<Record<string, string>>): Promise<T | null> {
    const since = performance.now();
    try {
      const answer = await fetch(`${this.serviceUrl}${path}`, { method, headers, signal: AbortSignal.timeout(30_000) });
      const text = await answer.text();
      this.durations.push(performance.now() - since);
      if (answer.ok) return JSON.parse(text) as T; // the route's contract
      this.count(String(answer.status));
    } catch (error) {
      this.count(error instanceof Error ? error.name : 'unknown');
    }
    return null;
  }

  private count(refusal: string): void {
    this.refusals.set(refusal, (this.refusals.get(refusal) ?? 0) + 1);
  }
}
