/**
 * Keeps this node's lease: one row per node says until when the node counts as alive, so a heartbeat costs O(nodes), not
 * O(actors). When the lease runs out, other nodes take over the node's tasks.
 *
 * Modes: held (nobody can have taken anything from this node); lapsed (the store was away, or this process stood still, for
 * longer than the lease: nobody knows); lost (the store has forgotten the node: it registers again, and then asks what it still
 * holds). While it has not just renewed, it tries again soon.
 * A node judges others only after it held its own lease for a whole lease: when the store was away they had no chance to renew.
 *
 * With each renewal it sets the node's clock by the database's, so that leases, claims and deadlines of all nodes are in one time.
 * Leaves to others: what the node does while its lease is lapsed (task-scheduler.ts, failure-fence.ts).
 */
import type { Clock } from '../model/clock.port.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { DurableStore } from '../model/store.port.js';
import { outsideRequests } from '../time/outside-requests.js';

export interface NodeLeaseOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly nodeId: string;
  readonly leaseMs: number;
  /** A machine's clock that is off by more is named in the log, in milliseconds. */
  readonly maxClockOffsetMs: number;
  /** The store had forgotten the node. It is registered again, and may have lost its tasks. */
  readonly onLost: () => void;
}

/** A database that takes longer to say its time says little about it. */
const SLOW_MS = 500;
const LONGEST_RETRY_MS = 1_000;

export class NodeLease {
  private cancel: () => void = () => undefined;
  private renewing: Promise<void> | null = null;
  private stopped = false;
  private failed = false;
  private followsDatabase = false;
  private isOff = false;
  /** Until when nobody can have taken this node for dead; by this node's own clock. */
  private heldUntil = 0;
  private unbrokenSince = 0;
  private lost = false;

  constructor(private readonly options: NodeLeaseOptions) {}

  /** Whether the last renewal was written. When it was not, the store takes no other write either. */
  get isWritten(): boolean {
    return !this.failed;
  }

  /** Since when nobody can have taken a task from this node, by its own clock. Null: somebody may be doing so now. */
  get heldSince(): number | null {
    // What is decided now is written a little later.
    return this.options.clock.now() < this.heldUntil - this.options.leaseMs / 10 ? this.unbrokenSince : null;
  }

  /** Other nodes had a whole lease to renew theirs, as this one did: one that has none now is gone. */
  get mayJudgeOthers(): boolean {
    return this.heldSince !== null && this.options.clock.now() >= this.unbrokenSince + this.options.leaseMs;
  }

  /** The store has forgotten this node at least once: tasks that its process runs may be anybody's. */
  get wasLost(): boolean {
    return this.lost;
  }

  /** How far the machine's clock is ahead of the database's, in milliseconds; null where the database has no time of its own. */
  get clockOffsetMs(): number | null {
    return this.followsDatabase ? (this.options.clock.offsetMs?.() ?? 0) : null;
  }

  async start(): Promise<void> {
    await this.followDatabase();
    await this.register();
    this.armRenewal(this.options.leaseMs / 3);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.heldUntil = 0;
    this.cancel();
    const { store, nodeId, logger } = this.options;
    try {
      // Tried twice, because other nodes wait a whole lease for the tasks of a node that has gone without a word.
      await store.removeNode(nodeId).catch(() => store.removeNode(nodeId));
    } catch (error) {
      logger.warn({ nodeId, err: error }, 'the node could not sign off; its lease runs out by itself');
    }
  }

  /** Resolves when this node is registered and its lease is held. @throws StoreUnavailableError */
  async assure(): Promise<void> {
    if (!this.stopped && this.heldSince === null) await this.renew();
  }

  private armRenewal(delayMs: number): void {
    if (this.stopped) return;
    this.cancel();
    this.cancel = this.options.clock.after(delayMs, () => void this.renew().catch(() => undefined));
  }

  private renew(): Promise<void> {
    this.renewing ??= outsideRequests(() => this.tryToRenew()).finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async tryToRenew(): Promise<void> {
    const { store, clock, nodeId, leaseMs, logger } = this.options;
    try {
      await this.followDatabase();
      const askedAt = clock.now();
      if (await store.renewNode(nodeId, askedAt + leaseMs)) this.hold(askedAt);
      else if (!this.stopped) {
        logger.warn({ nodeId }, 'this node was taken for dead; announcing it again');
        await this.register();
        this.lost = true;
        this.options.onLost();
      }
      if (this.failed) logger.info({ nodeId }, 'the lease is renewed again');
      this.failed = false;
      this.armRenewal(leaseMs / 3);
    } catch (error) {
      if (!this.failed) logger.warn({ nodeId, err: error }, 'the lease could not be renewed; trying again');
      this.failed = true;
      this.armRenewal(Math.min(leaseMs / 10, LONGEST_RETRY_MS));
      throw error;
    }
  }

  private async register(): Promise<void> {
    const { store, clock, nodeId, leaseMs } = this.options;
    const askedAt = clock.now();
    await store.registerNode(nodeId, askedAt + leaseMs);
    // It held nothing before.
    this.heldUntil = 0;
    this.hold(askedAt);
  }

  private hold(since: number): void {
    const { clock, leaseMs } = this.options;
    if (clock.now() >= this.heldUntil) this.unbrokenSince = clock.now();
    this.heldUntil = since + leaseMs;
  }

  private async followDatabase(): Promise<void> {
    const { store, clock } = this.options;
    if (clock.follow === undefined) return;
    const askedAt = performance.now();
    const time = await store.databaseTime();
    const tookMs = performance.now() - askedAt;
    if (time !== null && (tookMs < SLOW_MS || !this.followsDatabase)) {
      this.followsDatabase = true;
      clock.follow(time + tookMs / 2);
    }
    this.nameOffset(clock.offsetMs?.() ?? 0);
  }

  private nameOffset(offsetMs: number): void {
    const { logger, nodeId, maxClockOffsetMs } = this.options;
    const wasOff = this.isOff;
    this.isOff = Math.abs(offsetMs) > maxClockOffsetMs;
    if (this.isOff === wasOff) return;
    const time = this.followsDatabase ? 'the time of the database' : 'its own time until it starts again';
    if (this.isOff) logger.warn({ nodeId, offsetMs }, `the machine's clock is off; this node goes by ${time}`);
    else logger.info({ nodeId, offsetMs }, "the machine's clock is right again");
  }
}
