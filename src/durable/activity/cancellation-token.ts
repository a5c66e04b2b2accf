/**
 * Whether an activity is still wanted, told to whoever listens, once. Its AbortSignal is made when somebody asks for it:
 * most waits and most activities that keep to themselves need none, and in Node one costs more than the rest of a short
 * activity and outlives it by many collections.
 */
export type Unsubscribe = () => void;

export class CancellationToken {
  private cancelled: { readonly reason: unknown } | null = null;
  private controller: AbortController | null = null;
  private readonly listeners = new Set<(reason: unknown) => void>();

  isCancelled(): boolean {
    return this.cancelled !== null;
  }

  /** Aborted with the reason. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.cancelled !== null) this.controller.abort(this.cancelled.reason);
    }
    return this.controller.signal;
  }

  /** Again: nothing. */
  cancel(reason: unknown): void {
    if (this.cancelled !== null) return;
    this.cancelled = { reason };
    this.controller?.abort(reason);
    for (const listener of this.listeners) listener(reason);
    this.listeners.clear();
  }

  /** For what comes from now on: whether it is cancelled already, {@link isCancelled} tells. */
  onCancel(listener: (reason: unknown) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
