/**
 * Cancels one run of an activity, and calls its listeners once. It makes an AbortSignal only on demand: most runs need none,
 * and in Node a signal costs more than the rest of a short activity and outlives it by many garbage collections.
 */
export type Unsubscribe = () => void;

export class CancellationToken {
  private cancelled: { readonly reason: unknown } | null = null;
  private controller: AbortController | null = null;
  private readonly listeners = new Set<(reason: unknown) => void>();

  isCancelled(): boolean {
    return this.cancelled !== null;
  }

  /** Aborts with the reason of the cancellation. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.cancelled !== null) this.controller.abort(this.cancelled.reason);
    }
    return this.controller.signal;
  }

  /** Later calls do nothing. */
  cancel(reason: unknown): void {
    if (this.cancelled !== null) return;
    this.cancelled = { reason };
    this.controller?.abort(reason);
    for (const listener of this.listeners) listener(reason);
    this.listeners.clear();
  }

  /** Not called when the token is cancelled already: ask {@link isCancelled} first. */
  onCancel(listener: (reason: unknown) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
