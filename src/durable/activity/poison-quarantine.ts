/**
 * Runs suspects one after the other: activities that were running when two processes died. One of them may be the culprit,
 * and the others only ran beside it. One at a time shows which.
 *
 * Suspects start in the order of their names, and in the reverse order after the next death. So an innocent one runs before
 * the culprit in one of two processes, ends, and is a suspect no longer. A second culprit may delay those between the two.
 * Each suspect runs alone until it ends, or for one second: one that hangs must not block the others.
 * Modes: idle; gathering (suspects that arrive together); running one. A waiter can be cancelled.
 */
import type { Release } from './concurrency-limiter.js';
import type { CancellationToken } from './cancellation-token.js';
import type { Clock } from '../model/clock.port.js';

interface Suspect {
  readonly name: string;
  readonly delivery: number;
  readonly go: () => void;
}

const ALONE_MS = 1_000;

export class PoisonQuarantine {
  private waiting: Suspect[] = [];
  private running: Suspect | null = null;
  private cancelNext: (() => void) | null = null;

  constructor(private readonly clock: Clock) {}

  /** Resolves when the suspect may run, or is cancelled. Call the release when it has ended. */
  acquire(name: string, delivery: number, cancellation: CancellationToken): Promise<Release> {
    return new Promise((resolve) => {
      const release = (): void => {
        if (this.running === suspect) this.next();
      };
      const unsubscribe = cancellation.onCancel(() => {
        this.waiting = this.waiting.filter((each) => each !== suspect);
        resolve(release);
      });
      const go = (): void => {
        unsubscribe();
        resolve(release);
      };
      const suspect: Suspect = { name, delivery, go };
      this.waiting.push(suspect);
      this.cancelNext ??= this.clock.after(ALONE_MS, () => this.next());
    });
  }

  /** Lets every waiter go on. */
  close(): void {
    for (const { go } of this.waiting.splice(0)) go();
  }

  private next(): void {
    this.cancelNext?.();
    this.cancelNext = null;
    this.running = this.draw();
    if (this.running === null) return;
    this.running.go();
    this.cancelNext = this.clock.after(ALONE_MS, () => this.next());
  }

  /** The first by name, or the last: each death adds 1 to the deliveries of all suspects, which reverses the order. */
  private draw(): Suspect | null {
    if (this.waiting.length === 0) return null;
    const forwards = this.waiting.reduce((most, each) => Math.max(most, each.delivery), 0) % 2 === 1;
    const drawn = this.waiting.reduce((best, each) => (each.name < best.name === forwards ? each : best));
    this.waiting.splice(this.waiting.indexOf(drawn), 1);
    return drawn;
  }
}
