/** The partner sandbox's own controls, as the demo uses them. */

/** A line of the sandbox's fault plan. */
export interface FaultLine {
  readonly service: string;
  readonly operation?: string;
  readonly orderId?: string;
  readonly kind: string;
  readonly latencyMs?: number;
  readonly status?: number;
  readonly times?: number;
}

export class DemoSandbox {
  /** The plan is replaced as a whole: one change at a time. */
  private changing: Promise<unknown> = Promise.resolve();

  constructor(private readonly url: string) {}

  /** @throws Error when the sandbox refuses, or does not answer within five seconds. */
  async ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown> {
    return ask(method, `${this.url}${path}`, body);
  }

  /** At the address the provider gave. */
  async decide(checkoutUrl: string, decision: 'accept' | 'reject'): Promise<void> {
    await ask('POST', checkoutUrl, { decision });
  }

  faults(): Promise<readonly FaultLine[]> {
    return this.ask('GET', '/faults') as Promise<readonly FaultLine[]>; // the contract of the route
  }

  changeFaults(change: (plan: readonly FaultLine[]) => readonly FaultLine[]): Promise<void> {
    const changed = this.changing.then(async () => {
      await this.ask('PUT', '/faults', change(await this.faults()));
    });
    this.changing = changed.catch(() => undefined);
    return changed;
  }

  /** Has the provider send what it sent about an order once more, under the same webhook ids. */
  async resendCallbacks(orderId: string): Promise<number> {
    const sent = (await this.ask('GET', `/payments/callbacks?orderId=${orderId}`)) as { webhookId: string }[]; // the contract of the route
    for (const { webhookId } of sent) await this.ask('POST', `/payments/callbacks/${webhookId}/resend`);
    return sent.length;
  }
}

async function ask(method: string, url: string, body: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    signal: AbortSignal.timeout(5_000),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
  const text = await answer.text();
  return (answer.headers.get('content-type') ?? '').includes('json') ? JSON.parse(text) : text;
}
