/**
 * Checks every open actor against the machine of its next turn, once after each start, in the background. So a deployment
 * that some actors cannot run on shows at once.
 *
 * It only reads, and migrates in memory. It reads no more than the head of an actor whose version and definition hash match
 * and that has no incident.
 * Modes: not started; running (page after page, with pauses for other work); waiting (the store is away); stopped (the node
 * shuts down); finished.
 * Leaves to others: recording what it finds (durable-runtime.ts, task-execution.ts).
 */
import { loadOntoMachine } from '../machine/load-actor.js';
import { readBookkeeping } from '../model/bookkeeping.js';
import type { Clock } from '../model/clock.port.js';
import { SnapshotIncompatibleError, UnknownMachineError, StoreUnavailableError } from '../model/durable-errors.js';
import { hasIncompatible, isIncompatible } from '../draft/blocked-turn.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import type { ActorHead, ActorRecord, DurableStore } from '../model/store.port.js';

export interface AuditSummary {
  /** Open actors checked so far. */
  readonly checked: number;
  readonly incompatible: number;
  /** True when all were checked. Stays false when the node stops before. */
  readonly finished: boolean;
}

/** An actor that cannot take its next turn. */
export interface Incompatibility {
  readonly actor: ActorHead;
  /** No such version is registered, or the snapshot does not fit. */
  readonly code: 'machine_unknown' | 'snapshot_misfit';
  /** For an operator; at least one. */
  readonly problems: readonly string[];
}

export interface CompatibilityAuditOptions {
  readonly store: DurableStore;
  readonly registry: MachineRegistry;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  /** Resolves when it is recorded; then the audit goes on. */
  readonly onIncompatible: (found: Incompatibility) => Promise<void>;
  /** The actor is recorded as incompatible, and is compatible now. */
  readonly onCompatible: (actorId: string) => Promise<void>;
  readonly pageSize?: number;
}

const PAGE_SIZE = 200;
const AFTER_FAILURE_MS = 5_000;

export class CompatibilityAudit {
  private checked = 0;
  private incompatible = 0;
  private finished = false;
  private stopped = false;
  private working: Promise<void> | null = null;
  private endWait = (): void => undefined;

  constructor(private readonly options: CompatibilityAuditOptions) {}

  get summary(): AuditSummary {
    const { checked, incompatible, finished } = this;
    return { checked, incompatible, finished };
  }

  /** Returns at once. */
  start(): void {
    this.working ??= this.work();
  }

  /** Resolves when it no longer uses the store. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.endWait();
    await this.working;
  }

  private async work(): Promise<void> {
    const { logger } = this.options;
    let last: ActorHead | undefined;
    for (;;) {
      await new Promise(setImmediate);
      if (this.isStopped()) return;
      try {
        const page = await this.page(last);
        for (const head of page) {
          await this.checkHead(head);
          this.checked += 1;
          last = head;
          if (this.isStopped()) return;
        }
        if (page.length < this.pageSize) break;
      } catch (error) {
        if (!(error instanceof StoreUnavailableError)) {
          logger.error({ err: error, ...this.summary }, 'the audit of open actors failed');
          return;
        }
        // Then it goes on after the last actor that was checked.
        await this.pause();
      }
    }
    this.finished = true;
    const { checked, incompatible } = this;
    logger.info({ checked, misfits: incompatible }, 'all open actors were held against their machines');
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private get pageSize(): number {
    return this.options.pageSize ?? PAGE_SIZE;
  }

  private page(last: ActorHead | undefined): Promise<ActorHead[]> {
    return this.options.store.listActors({
      filter: { runtimeStatus: ['running', 'suspended'] },
      limit: this.pageSize,
      before: last,
    });
  }

  private async checkHead(head: ActorHead): Promise<void> {
    const { registry, store } = this.options;
    const { machineId, machineVersion } = head;
    if (registry.migrationsFrom(machineId, machineVersion) === null) {
      if (!registry.has(machineId, machineVersion)) {
        await this.report(head, new UnknownMachineError(machineId, machineVersion));
        return;
      }
      const { definitionHash } = registry.find(machineId, machineVersion);
      if (definitionHash === head.definitionHash && !head.incident) return;
    }
    // The page may be outdated: the actor's current record counts.
    const record = await store.loadActor(head.actorId);
    if (record !== null) await this.checkRecord(record);
  }

  private async checkRecord(record: ActorRecord): Promise<void> {
    const { registry, clock } = this.options;
    try {
      loadOntoMachine(registry, record, clock.now());
    } catch (error) {
      if (!isIncompatible(error)) throw error;
      await this.report(record, error);
      return;
    }
    if (hasIncompatible(readBookkeeping(record))) await this.options.onCompatible(record.actorId);
  }

  private async report(actor: ActorHead, error: SnapshotIncompatibleError | UnknownMachineError): Promise<void> {
    const { logger, onIncompatible } = this.options;
    const problems = error instanceof SnapshotIncompatibleError ? error.problems : [error.message];
    const { actorId, machineId, machineVersion, status } = actor;
    this.incompatible += 1;
    logger.error({ actorId, machineId, machineVersion, status, problems }, 'an open actor cannot go on');
    await onIncompatible({ actor, code: error.code, problems });
  }

  private pause(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.options.clock.after(AFTER_FAILURE_MS, resolve);
      this.endWait = () => {
        cancel();
        resolve();
      };
    });
  }
}
