import { waitUntil } from '../../support/wait-until.js';

export interface SseEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Listens to a stream as a browser's EventSource does, but for coming back by itself. */
export class SseClient {
  readonly events: SseEvent[] = [];
  comments = 0;
  ended = false;
  /** `Last-Event-ID` of the next connection. */
  lastEventId: string | null = null;
  private readonly stopping = new AbortController();

  private constructor(readonly response: Response) {
    void this.read();
  }

  static async open(
    url: string,
    lastEventId?: string | null,
    more: Readonly<Record<string, string>> = {},
  ): Promise<SseClient> {
    const stopping = new AbortController();
    const resumed = lastEventId == null ? {} : { 'last-event-id': lastEventId };
    const headers = { accept: 'text/event-stream', ...resumed, ...more };
    const response = await fetch(url, { headers, signal: stopping.signal });
    const client = new SseClient(response);
    client.stopping.signal.addEventListener('abort', () => stopping.abort());
    return client;
  }

  /** Waits for so many. */
  async heard(count: number): Promise<readonly SseEvent[]> {
    return waitUntil(`${count} events`, () => Promise.resolve(this.events.length >= count ? this.events : null));
  }

  /** Waits for one. */
  async hears(what: string, condition: (event: SseEvent) => boolean): Promise<SseEvent> {
    return waitUntil(what, () => Promise.resolve(this.events.find(condition) ?? null));
  }

  async end(): Promise<readonly SseEvent[]> {
    return waitUntil('the stream to end', () => Promise.resolve(this.ended ? this.events : null));
  }

  close(): void {
    this.stopping.abort();
  }

  private async read(): Promise<void> {
    let text = '';
    try {
      const decoder = new TextDecoder();
      for await (const chunk of this.response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true }); // fetch gives bytes
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // Cut off: by us, or by the service.
    }
    this.ended = true;
  }

  private take(block: string): void {
    const field = (name: string): string | null =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2) ?? null;
    if (block.startsWith(':')) this.comments += 1;
    const data = field('data');
    if (data === null) return;
    this.lastEventId = field('id') ?? this.lastEventId;
    const parsed = JSON.parse(data) as SseEvent['data']; // what the contract says
    this.events.push({ id: field('id'), event: field('event') ?? 'message', data: parsed });
  }
}
