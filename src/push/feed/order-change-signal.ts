import type { ChangeFeed } from './change-feed.js';

/** Signals that one order has changed since {@link clear}. A change between reading and waiting is not lost. */
export class OrderChangeSignal {
  private dirty = false;
  private wake = (): void => undefined;
  private readonly unsubscribe: () => void;
  private readonly onAbort = (): void => this.wake();

  constructor(
    feed: Pick<ChangeFeed, 'subscribe'>,
    orderId: string,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.onAbort);
    this.unsubscribe = feed.subscribe(({ actorId }) => {
      if (actorId !== orderId) return;
      this.dirty = true;
      this.wake();
    });
  }

  /** Call it before reading the order. */
  clear(): void {
    this.dirty = false;
  }

  /** Resolves when the order changed after {@link clear}, or the signal is aborted. */
  async changed(): Promise<void> {
    if (this.dirty || this.signal.aborted) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
  }

  close(): void {
    this.unsubscribe();
    this.signal.removeEventListener('abort', this.onAbort);
  }
}
