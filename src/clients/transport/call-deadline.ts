import { type Clock, patientTimer } from '../../durable/index.js';

const PROCESS_CLOCK: Pick<Clock, 'now' | 'after'> = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Aborts a call when its caller aborts or when its time is over.
 * The time covers the whole call, so a partner that sends a byte now and then cannot extend it. Time in which this process
 * stood still does not count: the partner's answer may be waiting in a socket.
 * Call `clear` when the call ends.
 */
export class CallDeadline {
  private readonly controller = new AbortController();
  private readonly cancelTimer: () => void;
  private readonly giveUp = () => this.controller.abort();
  private passed = false;

  constructor(
    private readonly caller: AbortSignal,
    timeoutMs: number,
    clock = PROCESS_CLOCK,
  ) {
    this.cancelTimer = patientTimer(clock, timeoutMs, () => {
      this.passed = true;
      this.controller.abort();
    });
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
    this.cancelTimer();
    this.caller.removeEventListener('abort', this.giveUp);
  }
}
