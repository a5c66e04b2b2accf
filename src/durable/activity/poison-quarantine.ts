/**
 * Where an activity waits that was there when two processes died: it may be what killed them, or it may have been beside
 * that. Who did it shows only when they run one after the other.
 *
 * They start in the order of their names, and in the opposite order after the next death: so everyone who is innocent
 * comes before the culprit once in two times, ends, and is out of it. A second culprit may hold up whoever is between them.
 * Each has its time alone until it ends, but no longer than a moment, lest one that hangs holds up all others.
 * Modes: idle; gathering those that arrive together; running one. Who waits can give up.
 */
import type { Release } from './concurrency-limiter.js';
import type { CancellationToken } from './cancellation-token.js';
import type { Clock } from '../model/clock.port.js';

interface Suspect {
  readonly name: string;
  readonly delivery: number;
  readonly go: () => void;
}

const MOMENT_MS = 1_000;

export class PoisonQuarantine {
  private waiting: Suspect[] = [];
  private running: Suspect | null = null;
  private endMoment: (() => void) | null = null;

  constructor(private readonly clock: Clock) {}

  /** Resolves when it is this one's turn, or it is wanted no more; to be told when it has ended. */
  turn(name: string, delivery: number, cancellation: CancellationToken): Promise<Release> {
    return new Promise((resolve) => {
      const leave = (): void => {
        if (this.running === suspect) this.next();
      };
      const forget = cancellation.onCancel(() => {
        this.waiting = this.waiting.filter((each) => each !== suspect);
        resolve(leave);
      });
      const go = (): void => {
        forget();
        resolve(leave);
      };
      const suspect: Suspect = { name, delivery, go };
      this.waiting.push(suspect);
      this.endMoment ??= this.clock.after(MOMENT_MS, () => this.next());
    });
  }

  /** Nobody waits any longer. */
  close(): void {
    for (const { go } of this.waiting.splice(0)) go();
  }

  private next(): void {
    this.endMoment?.();
    this.endMoment = null;
    this.running = this.draw();
    if (this.running === null) return;
    this.running.go();
    this.endMoment = this.clock.after(MOMENT_MS, () => this.next());
  }

  /** The first by name, or the last: every death adds one to the deliveries of all of them. */
  private draw(): Suspect | null {
    if (this.waiting.length === 0) return null;
    const forwards = this.waiting.reduce((most, each) => Math.max(most, each.delivery), 0) % 2 === 1;
    const drawn = this.waiting.reduce((best, each) => (each.name < best.name === forwards ? each : best));
    this.waiting.splice(this.waiting.indexOf(drawn), 1);
    return drawn;
  }
}
