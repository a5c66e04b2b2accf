/**
 * Whether an activity is still wanted, told to whoever listens, once. Its AbortSignal is made when somebody asks for it:
 * most waits and most activities that keep to themselves need none, and in Node one costs more than the rest of a short
 * activity and outlives it by many collections.
 */
export type Forget = () => void;

export class Cancellation {
  private given: { readonly reason: unknown } | null = null;
  private controller: AbortController | null = null;
  private readonly listeners = new Set<(reason: unknown) => void>();

  isGiven(): boolean {
    return this.given !== null;
  }

  /** Aborted with the reason when this is given. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.given !== null) this.controller.abort(this.given.reason);
    }
    return this.controller.signal;
  }

  /** Again: nothing. */
  give(reason: unknown): void {
    if (this.given !== null) return;
    this.given = { reason };
    this.controller?.abort(reason);
    for (const listener of this.listeners) listener(reason);
    this.listeners.clear();
  }

  /** To be asked before it is given: who comes later looks at {@link isGiven}. */
  onGiven(listener: (reason: unknown) => void): Forget {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
