/**
 * Protects a store that is away from the runtime's own calls. They wait; one of them tries now and then; when the store
 * answers it, all go on at once.
 *
 * Modes: closed (calls pass); open (calls wait; longer after each failure, up to `LONGEST_MS`); half-open (one call tries).
 */
import type { Clock } from '../model/clock.port.js';

const FIRST_MS = 50;
const LONGEST_MS = 5_000;
const RACE_MS = 50;

export class StoreCircuitBreaker {
  private failures = 0;
  private waiting: (() => void)[] = [];
  private cancelTry: (() => void) | null = null;
  /** It is time to try, and no call waits: the next one may pass. */
  private isDue = false;

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {}

  get isClosed(): boolean {
    return this.failures === 0;
  }

  /** Resolves when the caller may call the store. Call `succeeded`, `failed` or `release` afterwards. */
  acquire(): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    if (this.isDue) {
      this.isDue = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  succeeded(): void {
    if (this.isClosed) return;
    this.failures = 0;
    this.isDue = false;
    this.cancelTry?.();
    this.cancelTry = null;
    for (const go of this.waiting.splice(0)) go();
  }

  failed(): void {
    // Calls that were under way together count as one failure.
    if (this.cancelTry !== null) return;
    this.failures += 1;
    this.isDue = false;
    const delayMs = Math.min(FIRST_MS * 2 ** (this.failures - 1), LONGEST_MS);
    this.cancelTry = this.clock.after(delayMs, () => {
      this.cancelTry = null;
      this.letOneTry();
    });
  }

  /**
   * A call lost its race to another transaction: the store is not away, and nobody else waits. Resolves when the caller may try
   * again; after a random pause, so that two who lost to each other do not meet again.
   */
  raceIsOver(): Promise<void> {
    return new Promise((resolve) => this.clock.after(RACE_MS * this.random(), resolve));
  }

  /** The caller does not call the store after all: the next one may. */
  release(): void {
    if (!this.isClosed && this.cancelTry === null) this.letOneTry();
  }

  private letOneTry(): void {
    const first = this.waiting.shift();
    if (first === undefined) this.isDue = true;
    else first();
  }
}
