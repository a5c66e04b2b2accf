/**
 * Tells listeners which orders have changed, whichever node committed it: this process's commits as they happen, those of
 * others by looking at the database, for all listeners together and only while there is one.
 *
 * At least once, and as each order stands now: what changed twice between two looks is told once. Nothing is told before it
 * is committed. Modes: asleep (nobody listens; it costs nothing); awake (one query every POLL_MS).
 */
import { LRUCache } from 'lru-cache';
import type { ActorHead, Clock, DurableLogger } from '../../durable/index.js';
import type { ChangeMark, PushStore } from '../push-store.port.js';

export interface ChangeFeedOptions {
  readonly machineId: string;
  readonly store: Pick<PushStore, 'changedActors'>;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  /** Calls back after every commit of this process; returns how to stop that. */
  readonly onCommitted: (listener: (actor: ActorHead) => void) => () => void;
}

export type ChangeListener = (order: ActorHead) => void;

const POLL_MS = 1_000;
/** A commit may become visible so much after the time it bears, and clocks of nodes differ: that far each look goes back. */
export const OVERLAP_MS = 5_000;
const PAGE = 500;
/** So many were told of lately, by revision, and are not told again by the next look. */
const REMEMBERED = 20_000;

export class ChangeFeed {
  private readonly listeners = new Set<ChangeListener>();
  private readonly told = new LRUCache<string, number>({ max: REMEMBERED });
  private mark: ChangeMark = { updatedAt: 0, actorId: '' };
  private stopListening = (): void => undefined;
  private cancelPoll = (): void => undefined;
  private awake = false;

  constructor(private readonly options: ChangeFeedOptions) {}

  /** Calls `listener` with every change from now on; returns how to stop that. */
  subscribe(listener: ChangeListener): () => void {
    this.listeners.add(listener);
    if (!this.awake) this.wakeUp();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.sleep();
    };
  }

  /** Changes since the mark, in order, as the orders stand now: one page, and the mark to go on from, null after the last. */
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
      // With more to come, on from exactly there; else back by the overlap, but never behind what the clock says.
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
