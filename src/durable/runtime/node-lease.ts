/**
 * Keeps this node's lease: one row per node says until when the node counts as alive, so a heartbeat costs O(nodes), not
 * O(actors). When the lease runs out, other nodes take over the node's tasks. Late writes of the node are refused by
 * revision, or are stale.
 *
 * With each renewal it sets the node's clock by the database's, so that leases, claims and deadlines of all nodes are in one time.
 */
import type { Clock } from '../model/clock.port.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { DurableStore } from '../model/store.port.js';

export interface NodeLeaseOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly nodeId: string;
  readonly leaseMs: number;
  /** A machine's clock that is off by more is named in the log, in milliseconds. */
  readonly maxClockOffsetMs: number;
}

/** A database that takes longer to say its time says little about it. */
const SLOW_MS = 500;

export class NodeLease {
  private cancel: () => void = () => undefined;
  private stopped = false;
  private failed = false;
  private followsDatabase = false;
  private isOff = false;

  constructor(private readonly options: NodeLeaseOptions) {}

  /** Whether the last renewal was written. When it was not, the store takes no other write either. */
  get isWritten(): boolean {
    return !this.failed;
  }

  /** How far the machine's clock is ahead of the database's, in milliseconds; null where the database has no time of its own. */
  get clockOffsetMs(): number | null {
    return this.followsDatabase ? (this.options.clock.offsetMs?.() ?? 0) : null;
  }

  async start(): Promise<void> {
    const { store, clock, nodeId, leaseMs } = this.options;
    await this.followDatabase();
    await store.registerNode(nodeId, clock.now() + leaseMs);
    this.armRenewal();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel();
    const { store, nodeId, logger } = this.options;
    try {
      // Tried twice, because other nodes wait a whole lease for the tasks of a node that has gone without a word.
      await store.removeNode(nodeId).catch(() => store.removeNode(nodeId));
    } catch (error) {
      logger.warn({ nodeId, err: error }, 'the node could not sign off; its lease runs out by itself');
    }
  }

  private armRenewal(): void {
    if (this.stopped) return;
    this.cancel = this.options.clock.after(this.options.leaseMs / 3, () => void this.renew());
  }

  private async renew(): Promise<void> {
    const { store, clock, nodeId, leaseMs, logger } = this.options;
    try {
      await this.followDatabase();
      if (!(await store.renewNode(nodeId, clock.now() + leaseMs))) {
        logger.warn({ nodeId }, 'this node was taken for dead; announcing it again');
        await store.registerNode(nodeId, clock.now() + leaseMs);
      }
      this.failed = false;
    } catch (error) {
      this.failed = true;
      logger.warn({ nodeId, err: error }, 'the lease could not be renewed; trying again');
    }
    this.armRenewal();
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
