/**
 * How many activities of a group run at once in this process, so that a partner that hangs keeps nobody else waiting.
 *
 * Each group has a queue of its own, first in, first out; a free place goes to whoever waits longest and to nobody who
 * comes later. What waits can give up. Modes: open; closed, when the node shuts down: nobody is let in any more.
 */

import type { CancellationToken } from './cancellation-token.js';

/** Gives the place back; to be called once. */
export type Release = () => void;

export class ConcurrencyLimiter {
  private readonly groups = new Map<string, Group>();
  private closed = false;

  /** @throws Error when a group is known already with another size. */
  define(limits: Readonly<Record<string, number>>): void {
    for (const [name, size] of Object.entries(limits)) {
      const known = this.groups.get(name);
      if (known !== undefined && known.size !== size) {
        throw new Error(`The limit "${name}" is ${known.size} in one machine's registration and ${size} in another's.`);
      }
      if (known === undefined) this.groups.set(name, new Group(size));
    }
  }

  /** Resolves when there is a place; with null when it was cancelled or the limits were closed before. */
  acquire(name: string | null, cancellation: CancellationToken): Promise<Release | null> {
    if (this.closed || cancellation.isCancelled()) return Promise.resolve(null);
    if (name === null) return Promise.resolve(() => undefined);
    const group = this.groups.get(name);
    if (group === undefined) throw new Error(`The limit "${name}" was not defined.`);
    return group.enter(cancellation);
  }

  /** Whether who enters now need not wait. */
  hasRoom(name: string | null): boolean {
    return name === null || (this.groups.get(name)?.hasRoom ?? true);
  }

  /** Sends away whoever waits or comes later. */
  close(): void {
    this.closed = true;
    for (const group of this.groups.values()) group.sendAway();
  }
}

interface Waiter {
  /** Null once it gave up. */
  admit: ((leave: Release | null) => void) | null;
}

/** Fewer given-up or admitted places at the front of a queue are not worth a copy of it. */
const COMPACT_FROM = 1_024;

class Group {
  private running = 0;
  private queue: Waiter[] = [];
  private first = 0;

  constructor(readonly size: number) {}

  get hasRoom(): boolean {
    return this.running < this.size;
  }

  enter(cancellation: CancellationToken): Promise<Release | null> {
    if (this.hasRoom) {
      this.running += 1;
      return Promise.resolve(this.leave);
    }
    return new Promise((resolve) => {
      const forget = cancellation.onCancel(() => {
        waiter.admit = null;
        resolve(null);
      });
      const waiter: Waiter = {
        admit: (leave) => {
          forget();
          resolve(leave);
        },
      };
      this.queue.push(waiter);
    });
  }

  sendAway(): void {
    for (const { admit } of this.queue.slice(this.first)) admit?.(null);
    this.queue = [];
    this.first = 0;
  }

  private readonly leave = (): void => {
    const next = this.nextInLine();
    if (next === null) this.running -= 1;
    else next(this.leave);
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
