import { streamsExhausted } from '../push-errors.js';

/** How many clients may follow at once, and the end of all of them when the service goes down. */
export class StreamLimiter {
  private readonly open = new Set<AbortController>();
  private closing = false;

  constructor(private readonly atMost: number) {}

  get taken(): number {
    return this.open.size;
  }

  /** A place; its signal is aborted when the service goes down. Give it back. @throws PushError when there is none. */
  take(): { readonly signal: AbortSignal; readonly giveBack: () => void } {
    if (this.closing || this.open.size >= this.atMost) throw streamsExhausted(this.atMost);
    const controller = new AbortController();
    this.open.add(controller);
    return {
      signal: controller.signal,
      giveBack: () => {
        this.open.delete(controller);
      },
    };
  }

  closeAll(): void {
    this.closing = true;
    for (const controller of this.open) controller.abort();
  }
}
