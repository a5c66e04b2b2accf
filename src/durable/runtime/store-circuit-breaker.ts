/**
 * Keeps the runtime's own signals from storming a store that is away: they wait together, one of them tries now and then,
 * and when it is answered all go on at once.
 *
 * Modes: open; closed, until it is time to try (longer after each try that failed, never longer than `LONGEST_MS`); trying.
 */
import type { Clock } from '../model/clock.port.js';

const FIRST_MS = 50;
const LONGEST_MS = 5_000;

export class StoreCircuitBreaker {
  private failures = 0;
  private waiting: (() => void)[] = [];
  private cancelTry: (() => void) | null = null;
  /** It was time to try, and nobody was there. */
  private isDue = false;

  constructor(private readonly clock: Clock) {}

  get isOpen(): boolean {
    return this.failures === 0;
  }

  /** Resolves when it is worth asking the store. Whoever passes says afterwards how that went, or passes it on. */
  acquire(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    if (this.isDue) {
      this.isDue = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  succeeded(): void {
    if (this.isOpen) return;
    this.failures = 0;
    this.isDue = false;
    this.cancelTry?.();
    this.cancelTry = null;
    for (const go of this.waiting.splice(0)) go();
  }

  failed(): void {
    // Calls that were under way together tell the same story.
    if (this.cancelTry !== null) return;
    this.failures += 1;
    this.isDue = false;
    const delayMs = Math.min(FIRST_MS * 2 ** (this.failures - 1), LONGEST_MS);
    this.cancelTry = this.clock.after(delayMs, () => {
      this.cancelTry = null;
      this.letOneTry();
    });
  }

  /** Whoever passed does not ask the store after all: the next one tries instead. */
  release(): void {
    if (!this.isOpen && this.cancelTry === null) this.letOneTry();
  }

  private letOneTry(): void {
    const first = this.waiting.shift();
    if (first === undefined) this.isDue = true;
    else first();
  }
}
