/**
 * One process of the service: a real DurableRuntime whose every way to the world goes through a gate. A dead process gets
 * no answers, no wake-ups and has no effects; a stalled one gets them all when it goes on (SIGSTOP, SIGCONT).
 */
import {
  type ActivityOptions,
  type Clock,
  DurableHandle,
  type DurableLogger,
  DurableRuntime,
  type DurableStore,
  type RuntimeOptions,
} from '../../src/durable/index.js';
import { MachineRegistry, type RegisteredMachine } from '../../src/durable/inspect.js';
import type { OrderActivityLogics } from '../../src/orders/machine/order/order-activities.js';
import type { OrderMachine } from '../../src/orders/machine/order/order-machine.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import type { FaultPlan } from './fault-plan.js';
import { MINUTE, type WorldTime } from './world-time.js';

/** Longer than a service's own, or most of what happens in a world would be processes that find nothing to do. */
const POLL_MS = 10 * MINUTE;
export const LEASE_MS = 30 * MINUTE;

const WAKES_AFTER_MS = 20;

export interface ProcessGate {
  readonly nodeId: string;
  readonly isAlive: boolean;
  readonly clock: Clock;
  /** Runs `run` inside of the process: never when it is dead, later when it stalls. */
  enter(delayMs: number, run: () => void): () => void;
}

type ActivitySettingsByName = NonNullable<ActivityOptions['activities']>;

/** What processes that follow each other share: it is made of the program alone. */
export interface OrderMachines {
  readonly registry: MachineRegistry;
  readonly order: RegisteredMachine;
}

/** @param allSafe is a mutant: every activity counts as one that only reads. */
export function orderMachines(logics: OrderActivityLogics, allSafe = false): OrderMachines {
  const registry = new MachineRegistry();
  const { activities = {}, ...registration } = orderRegistration(logics);
  const order = registry.register({ ...registration, activities: allSafe ? everySafe(activities) : activities });
  return { registry, order };
}

function everySafe(activities: ActivitySettingsByName): ActivitySettingsByName {
  return Object.fromEntries(Object.entries(activities).map(([name, settings]) => [name, { ...settings, safe: true }]));
}

export interface ProcessOptions {
  readonly time: Pick<WorldTime, 'now' | 'after'>;
  readonly faults: Pick<FaultPlan, 'crashesAt' | 'recordFault'>;
  /** How far the process's wall clock is ahead of the true time now, in milliseconds; wake-ups do not notice when it changes. */
  readonly clockAheadMs: () => number;
  readonly pollMs?: number;
  readonly leaseMs?: number;
  readonly reads?: Pick<RuntimeOptions, 'safeBeforeCommit' | 'maxHoldMs'>;
  readonly storeFor: (gate: ProcessGate) => DurableStore;
  readonly machines: OrderMachines;
  readonly onDeath: () => void;
  /** An error the runtime logged that no fault explains. */
  readonly onDefect: (message: string, error: unknown) => void;
}

export class ServiceProcess implements ProcessGate {
  readonly clock: Clock;
  readonly runtime: DurableRuntime;
  readonly orders: DurableHandle<OrderMachine>;
  private alive = true;
  private nextStallMs = 0;
  private stalledCall: string | null = null;
  /** What was to happen while it stood still. */
  private readonly late: (() => void)[] = [];
  private stalledUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: ProcessOptions) {
    const { time, clockAheadMs, faults } = options;
    this.clock = {
      now: () => time.now + clockAheadMs(),
      after: (delayMs, run) => this.enter(delayMs, run),
    };
    this.runtime = new DurableRuntime({
      registry: options.machines.registry,
      store: options.storeFor(this),
      clock: this.clock,
      logger: this.logger(),
      pollMs: options.pollMs ?? POLL_MS,
      leaseMs: options.leaseMs ?? LEASE_MS,
      ...options.reads,
      crashPoints: {
        reach: (point) => {
          if (this.alive && faults.crashesAt(point)) this.kill();
        },
      },
    });
    this.orders = new DurableHandle<OrderMachine>(this.runtime, options.machines.order);
  }

  get nodeId(): string {
    return this.runtime.nodeId;
  }

  get isAlive(): boolean {
    return this.alive;
  }

  /** It lives, has not begun to stop, and has not stood still within the last lease. */
  get keepsItsLease(): boolean {
    const { time, leaseMs = LEASE_MS } = this.options;
    return this.alive && !this.runtime.draining && time.now > this.stalledUntil + leaseMs;
  }

  get isUp(): boolean {
    return this.alive && this.runtime.ready;
  }

  /** @throws StoreUnavailableError as the service does: its supervisor starts it again. */
  start(): Promise<void> {
    return this.runtime.start();
  }

  stop(graceMs: number): Promise<void> {
    return this.runtime.stop(graceMs);
  }

  kill(): void {
    if (!this.alive) return;
    this.alive = false;
    this.options.faults.recordFault();
    this.options.onDeath();
  }

  /** Stands still with its next call to a partner, until shortly after another process makes the same call. */
  stallAtCall(atMostMs: number): void {
    this.nextStallMs = atMostMs;
  }

  /** A call to a partner went out, from this process or another one. */
  called(call: string, isOwn: boolean): void {
    if (isOwn && this.nextStallMs > 0) {
      this.stall(this.nextStallMs);
      this.nextStallMs = 0;
      this.stalledCall = call;
    } else if (!isOwn && this.stalledCall === call) {
      this.stalledCall = null;
      this.options.time.after(WAKES_AFTER_MS, () => this.wake());
    }
  }

  stall(forMs: number): void {
    this.options.faults.recordFault();
    this.stalledUntil = this.options.time.now + forMs;
    this.options.time.after(forMs, () => {
      if (this.stalledUntil <= this.options.time.now) this.wake();
    });
  }

  private wake(): void {
    const { time, faults } = this.options;
    faults.recordFault();
    this.stalledUntil = Math.min(this.stalledUntil, time.now);
    this.stalledCall = null;
    for (const run of this.late.splice(0)) time.after(0, run);
  }

  enter(delayMs: number, run: () => void): () => void {
    const { time } = this.options;
    let isWanted = true;
    const enter = (): void => {
      if (!this.alive || !isWanted) return;
      if (this.stalledUntil > time.now) this.late.push(enter);
      else run();
    };
    const cancel = time.after(delayMs, enter);
    return () => {
      isWanted = false;
      cancel();
    };
  }

  private logger(): DurableLogger {
    return {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (fields, message) => {
        if (!this.alive) return;
        const error: unknown = 'err' in fields ? fields.err : fields;
        if (error instanceof Error && 'code' in error && error.code === 'store_unavailable') return;
        this.options.onDefect(message, error);
      },
    };
  }
}
