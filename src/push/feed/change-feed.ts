/**
 * Notifies listeners of committed changes of orders, from any node.
 *
 * It reports this process's commits at once. It polls the database for commits of other nodes, with one query per POLL_MS for
 * all listeners. Without listeners it does not poll.
 * It reports a change at least once, with the current state of the order. Several changes between two polls count as one.
 */
import { LRUCache } from 'lru-cache';
import type { ActorHead, Clock, DurableLogger } from '../../durable/index.js';
import type { ChangeMark, PushStore } from '../push-store.port.js';

export interface ChangeFeedOptions {
  readonly machineId: string;
  readonly store: Pick<PushStore, 'changedActors'>;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  /** Calls `listener` after every commit of this process. Returns the unsubscribe function. */
  readonly onCommitted: (listener: (actor: ActorHead) => void) => () => void;
}

export type ChangeListener = (order: ActorHead) => void;

const POLL_MS = 1_000;
/** Each poll reads this far back, because a commit may become visible after its timestamp and clocks of nodes differ. */
export const OVERLAP_MS = 5_000;
const PAGE = 500;
/** Number of orders whose last reported revision is remembered, so that the next poll does not repeat it. */
const REMEMBERED = 20_000;

export class ChangeFeed {
  private readonly listeners = new Set<ChangeListener>();
  private readonly told = new LRUCache<string, number>({ max: REMEMBERED });
  private mark: ChangeMark = { updatedAt: 0, actorId: '' };
  private stopListening = (): void => undefined;
  private cancelPoll = (): void => undefined;
  private awake = false;

  constructor(private readonly options: ChangeFeedOptions) {}

  /** Calls `listener` with every later change. Returns the unsubscribe function. */
  subscribe(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    if (!this.awake) this.wakeUp();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.sleep();
    };
  }

  /** Reads one page of changes after the mark, oldest first. `next` is the mark of the next page, or null after the last. */
  async since(mark: ChangeMark): Promise<{ readonly orders: readonly ActorHead[]; readonly next: ChangeMark | null }> {
    const orders = await this.options.store.changedActors(this.options.machineId, mark, PAGE);
    const last = orders.at(-1);
    return { orders, next: orders.length < PAGE || last === undefined ? null : last };
  }

  private wakeUp(): void {
    const { clock, onCommitted, machineId } = this.options;
    this.awake = true;
    this.mark = { updatedAt: clock.now() - OVERLAP_MS, actorId: '' };
    this.stopListening = onCommitted((actor) => {
      if (actor.machineId === machineId) this.tell(actor);
    });
    this.cancelPoll = clock.after(POLL_MS, () => void this.look());
  }

  private sleep(): void {
    this.awake = false;
    this.stopListening();
    this.cancelPoll();
    this.told.clear();
  }

  private async look(): Promise<void> {
    const { clock, logger } = this.options;
    let waitMs = POLL_MS;
    try {
      const { orders, next } = await this.since(this.mark);
      for (const order of orders) this.tell(order);
      const now = clock.now() - OVERLAP_MS;
      // Continue exactly after a full page. Else go back by the overlap, but never move the mark backwards.
      this.mark = next ?? { updatedAt: Math.max(this.mark.updatedAt, now), actorId: '' };
      if (next !== null) waitMs = 0;
    } catch (error) {
      logger.debug({ err: error }, 'changes of other nodes could not be looked up; tried again soon');
    }
    if (this.awake) {
      this.cancelPoll();
      this.cancelPoll = clock.after(waitMs, () => void this.look());
    }
  }

  private tell(order: ActorHead): void {
    const { actorId, revision } = order;
    if ((this.told.get(actorId) ?? 0) >= revision) return;
    this.told.set(actorId, revision);
    for (const listener of this.listeners) listener(order);
  }
}
