/**
 * Limits how many activities of a group run at once in this process, so that a partner that hangs delays its own group only.
 *
 * Each group has a queue: first in, first out. A waiter can be cancelled. Modes: open; closed (the node shuts down, and no
 * activity gets a place).
 */
import type { CancellationToken } from './cancellation-token.js';

/** Gives the place back. Call it once. */
export type Release = () => void;

export class ConcurrencyLimiter {
  private readonly groups = new Map<string, Group>();
  private closed = false;

  /** @throws Error when a group has another size already. */
  define(limits: Readonly<Record<string, number>>): void {
    for (const [name, size] of Object.entries(limits)) {
      const known = this.groups.get(name);
      if (known !== undefined && known.size !== size) {
        throw new Error(`The limit "${name}" is ${known.size} in one machine's registration and ${size} in another's.`);
      }
      if (known === undefined) this.groups.set(name, new Group(size));
    }
  }

  /** Resolves when a place is free; with null when the waiter was cancelled, or the limiter closed. */
  acquire(name: string | null, cancellation: CancellationToken): Promise<Release | null> {
    if (this.closed || cancellation.isCancelled()) return Promise.resolve(null);
    if (name === null) return Promise.resolve(() => undefined);
    const group = this.groups.get(name);
    if (group === undefined) throw new Error(`The limit "${name}" was not defined.`);
    return group.acquire(cancellation);
  }

  /** Whether `acquire` would resolve at once. */
  hasRoom(name: string | null): boolean {
    return name === null || (this.groups.get(name)?.hasRoom ?? true);
  }

  /** Turns away every waiter, now and later. */
  close(): void {
    this.closed = true;
    for (const group of this.groups.values()) group.close();
  }
}

interface Waiter {
  /** Null once the waiter is cancelled. */
  admit: ((release: Release | null) => void) | null;
}

/** With fewer settled waiters at its front a queue is not worth copying. */
const COMPACT_FROM = 1_024;

class Group {
  private running = 0;
  private queue: Waiter[] = [];
  private first = 0;

  constructor(readonly size: number) {}

  get hasRoom(): boolean {
    return this.running < this.size;
  }

  acquire(cancellation: CancellationToken): Promise<Release | null> {
    if (this.hasRoom) {
      this.running += 1;
      return Promise.resolve(this.release);
    }
    return new Promise((resolve) => {
      const unsubscribe = cancellation.onCancel(() => {
        waiter.admit = null;
        resolve(null);
      });
      const waiter: Waiter = {
        admit: (release) => {
          unsubscribe();
          resolve(release);
        },
      };
      this.queue.push(waiter);
    });
  }

  close(): void {
    for (const { admit } of this.queue.slice(this.first)) admit?.(null);
    this.queue = [];
    this.first = 0;
  }

  private readonly release = (): void => {
    const next = this.nextInLine();
    if (next === null) this.running -= 1;
    else next(this.release);
  };

  private nextInLine(): Waiter['admit'] {
    while (this.first < this.queue.length) {
      const admit = this.queue[this.first]?.admit ?? null;
      this.first += 1;
      if (this.first >= COMPACT_FROM && this.first * 2 >= this.queue.length) {
        this.queue = this.queue.slice(this.first);
        this.first = 0;
      }
      if (admit !== null) return admit;
    }
    return null;
  }
}
