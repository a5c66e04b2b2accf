/**
 * Holds every open actor against the machine its next turn will run on, once, at the start of a node and in the background:
 * a deployment that strands actors is to be heard of at once, not when each of them is needed.
 *
 * It reads only: an actor with migrations before it is migrated in memory, and what goes on record of what it finds is
 * others' business. Where the head says that version and definition are the machine's own, and that nobody waits for a
 * person, nothing more is read.
 * Modes: not started; running, a page at a time, with everything else let through between two pages; waiting, while the
 * store is away; stopped, by the node's shutdown; finished.
 */
import { loadOntoMachine } from '../machine/load-actor.js';
import { readBookkeeping } from '../model/bookkeeping.js';
import type { Clock } from '../model/clock.port.js';
import { SnapshotIncompatibleError, UnknownMachineError } from '../model/durable-errors.js';
import { hasIncompatible, isIncompatible } from '../draft/blocked-turn.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import { type ActorHead, type ActorRecord, type DurableStore, StoreUnavailableError } from '../model/store.port.js';

export interface AuditSummary {
  /** Open actors looked at so far. */
  readonly checked: number;
  readonly incompatible: number;
  /** True when all were; stays false when the node stopped before. */
  readonly finished: boolean;
}

/** An actor whose next turn would be refused. */
export interface Incompatibility {
  readonly actor: ActorHead;
  /** As its turns say: no such version is registered, or its snapshot does not fit. */
  readonly code: 'machine_unknown' | 'snapshot_misfit';
  /** In words for an operator; at least one. */
  readonly problems: readonly string[];
}

export interface CompatibilityAuditOptions {
  readonly store: DurableStore;
  readonly registry: MachineRegistry;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  /** Resolves when it is on record; then the audit goes on. */
  readonly onIncompatible: (misfit: Incompatibility) => Promise<void>;
  /** The actor is on record as one that does not fit, and fits. */
  readonly onCompatible: (actorId: string) => Promise<void>;
  readonly pageSize?: number;
}

const PAGE_SIZE = 200;
const AFTER_FAILURE_MS = 5_000;

export class CompatibilityAudit {
  private checked = 0;
  private misfits = 0;
  private finished = false;
  private stopped = false;
  private working: Promise<void> | null = null;
  private endWait = (): void => undefined;

  constructor(private readonly options: CompatibilityAuditOptions) {}

  get summary(): AuditSummary {
    const { checked, misfits, finished } = this;
    return { checked, incompatible: misfits, finished };
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
          await this.look(head);
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
        // It goes on behind the last actor that was looked at.
        await this.pause();
      }
    }
    this.finished = true;
    const { checked, misfits } = this;
    logger.info({ checked, misfits }, 'all open actors were held against their machines');
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

  private async look(head: ActorHead): Promise<void> {
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
    // A page may be old by now: what counts is where the actor stands.
    const record = await store.loadActor(head.actorId);
    if (record !== null) await this.check(record);
  }

  private async check(record: ActorRecord): Promise<void> {
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
    const { logger, onIncompatible: onMisfit } = this.options;
    const problems = error instanceof SnapshotIncompatibleError ? error.problems : [error.message];
    const { actorId, machineId, machineVersion, status } = actor;
    this.misfits += 1;
    logger.error({ actorId, machineId, machineVersion, status, problems }, 'an open actor cannot go on');
    await onMisfit({ actor, code: error.code, problems });
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
