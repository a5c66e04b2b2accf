/**
 * Aborts a call when its caller aborts or when its time is over.
 * The time covers the whole call, so a partner that sends a byte now and then cannot extend it.
 * Call `clear` when the call ends.
 */
export class CallDeadline {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly giveUp = () => this.controller.abort();
  private passed = false;

  constructor(
    private readonly caller: AbortSignal,
    timeoutMs: number,
  ) {
    this.timer = setTimeout(() => {
      this.passed = true;
      this.controller.abort();
    }, timeoutMs);
    if (caller.aborted) this.giveUp();
    else caller.addEventListener('abort', this.giveUp, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get expired(): boolean {
    return this.passed;
  }

  clear(): void {
    clearTimeout(this.timer);
    this.caller.removeEventListener('abort', this.giveUp);
  }
}
