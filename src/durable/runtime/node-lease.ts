/**
 * Keeps this node's lease: one row per node says until when the node counts as alive, so a heartbeat costs O(nodes), not
 * O(actors). When the lease runs out, other nodes take over the node's tasks. Late writes of the node are refused by
 * revision, or are stale.
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
}

export class NodeLease {
  private cancel: () => void = () => undefined;
  private stopped = false;
  private failed = false;

  constructor(private readonly options: NodeLeaseOptions) {}

  /** Whether the last renewal was written. When it was not, the store takes no other write either. */
  get isWritten(): boolean {
    return !this.failed;
  }

  async start(): Promise<void> {
    const { store, clock, nodeId, leaseMs } = this.options;
    await store.registerNode(nodeId, clock.now() + leaseMs);
    this.armRenewal();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel();
    const { store, nodeId, logger } = this.options;
    try {
      await store.removeNode(nodeId);
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
}
