/**
 * One simulated world: a database, one service process or several on it, partners, customers, operators, and all that goes
 * wrong between them. Everything in it follows from its seed.
 */
import type { TaskRecord } from '../../src/durable/index.js';
import { Auditor, type Violation } from './auditor.js';
import { Customers } from './customer.js';
import { FaultPlan } from './fault-plan.js';
import { auditEffects, auditTheEnd } from './final-audit.js';
import { Operators } from './operators.js';
import { FakePartners } from './fake-partners.js';
import { partnerLogics } from './partner-link.js';
import { RandomSource } from './random-source.js';
import { ForgetfulStoreLink, HastyHeirStoreLink, HastyStoreLink, type Mutant, PossessiveStoreLink } from './mutants.js';
import { ServiceClient } from './service-client.js';
import {
  LEASE_MS,
  orderMachines,
  ServiceProcess,
  type OrderMachines,
  type ProcessGate,
  type ProcessOptions,
} from './service-process.js';
import { SimulatedDatabase } from './simulated-database.js';
import { StoreLink } from './store-link.js';
import { DAY, HOUR, MINUTE, SECOND, WorldTime } from './world-time.js';

export interface WorldOptions {
  readonly seed: number;
  readonly orders: number;
  readonly mutant: Mutant | null;
  /** Faults that are not injected, e.g. `claim lostAnswer`. */
  readonly spared?: readonly string[];
}

export interface WorldReport {
  readonly seed: number;
  readonly orders: number;
  readonly ended: number;
  readonly processes: number;
  readonly simulatedMs: number;
  readonly commits: number;
  readonly historyRows: number;
  readonly timersFired: number;
  readonly events: number;
  readonly happenings: number;
  readonly repeatedCalls: number;
  readonly conflicts: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  readonly traceHash: string;
}

/** After this long everything goes well, so that every order can end. */
const TROUBLED_FOR_MS = 12 * DAY;
const GIVEN_UP_AFTER_MS = 60 * DAY;

export class World {
  private readonly time = new WorldTime();
  private readonly random: RandomSource;
  private readonly faults: FaultPlan;
  private readonly database: SimulatedDatabase;
  private readonly auditor: Auditor;
  private readonly ledger: FakePartners;
  private readonly client: ServiceClient;
  private readonly customers: Customers;
  private readonly operators: Operators;
  private readonly services: (ServiceProcess | null)[];
  private readonly machines: readonly OrderMachines[];
  private readonly crashEveryMs: number;
  private readonly reads: NonNullable<ProcessOptions['reads']>;
  /** How many processes in a row. */
  private diedInRecovery = 0;
  private placed = 0;
  private calls = 0;

  constructor(private readonly options: WorldOptions) {
    const { time } = this;
    const random = new RandomSource(options.seed);
    this.random = random;
    this.faults = new FaultPlan(time, random, random.pick([0, 1 / 20_000, 1 / 2_000]), new Set(options.spared));
    this.crashEveryMs = random.pick([3 * HOUR, 12 * HOUR, 2 * DAY]);
    // Mostly longer than a partner takes to answer, so that many drafts are held until then.
    this.reads = { safeBeforeCommit: random.chance(0.9), maxHoldMs: random.pick([100, 1_000, 5_000]) };
    this.services = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, () => null);
    this.database = new SimulatedDatabase({
      comparesRevision: options.mutant !== 'no-compare-and-set',
      checksClaimer: options.mutant !== 'hasty-heirs',
      onTaken: (task, from) => this.taken(task, from),
      onAccepted: (commit, nodeId) => {
        const { actorId } = commit.actor;
        this.auditor.accepted(commit, nodeId, (taskId) => this.database.tasks.ownerOf(actorId, taskId));
      },
      alone: this.services.length === 1,
      onWritten: (commit, before) => {
        this.auditor.written(commit, before);
        const { actor } = commit;
        if (actor.incident && before?.incident !== true) this.operators.incident(actor.actorId);
      },
    });
    this.auditor = new Auditor(time, this.faults, (actorId) => this.database.tasks.countOf(actorId));
    this.ledger = new FakePartners(
      time,
      random,
      (ledger) => this.customers.paymentAsked(ledger),
      (ledger) => auditEffects(this.auditor, ledger),
    );
    this.client = new ServiceClient({
      time,
      random,
      database: this.database,
      auditor: this.auditor,
      processes: () => this.services.filter((service) => service !== null),
    });
    const people = { time, random, faults: this.faults, ledger: this.ledger, client: this.client };
    this.customers = new Customers(people);
    this.machines = this.services.map((_, slot) => this.machinesOf(slot));
    this.operators = new Operators(people);
  }

  async run(): Promise<WorldReport> {
    const { time, auditor, options } = this;
    this.services.forEach((_, slot) => this.boot(slot));
    this.planOrders();
    this.planFault();
    this.planAudits();
    time.after(TROUBLED_FOR_MS, () => this.faults.calmDown());
    let endedAt: number | null = null;
    await time.pass(() => {
      if (auditor.violations.length > 0 || time.now > time.startedAt + GIVEN_UP_AFTER_MS) return true;
      if (this.placed < options.orders || auditor.ended < options.orders) return false;
      endedAt ??= time.now;
      return time.now > endedAt + HOUR;
    });
    if (auditor.violations.length === 0) auditTheEnd(auditor, this.database, this.ledger, this.client);
    return this.report();
  }

  private taken({ actorId, taskId }: TaskRecord, from: string): void {
    const owner = this.services.find((service) => service?.runtime.nodeId === from);
    if (owner?.keepsItsLease !== true) return;
    this.auditor.fail('no living process is taken for dead', actorId, `${taskId} was taken from a process that runs`);
  }

  private planOrders(): void {
    const { time, random, options } = this;
    const spreadMs = random.pick([DAY, 3 * DAY, 6 * DAY]);
    let at = 0;
    for (let order = 1; order <= options.orders; order += 1) {
      // Some come at the very same moment, so that their commits are written together.
      if (!random.chance(0.2)) at += random.around(spreadMs / options.orders);
      time.after(at, () => this.place(`order-${order}`));
    }
  }

  private place(orderId: string): void {
    this.customers.order(orderId, () => {
      this.placed += 1;
      this.operators.placed(orderId);
    });
  }

  private planFault(): void {
    const { time, random, faults } = this;
    time.after(random.around(this.crashEveryMs), () => {
      if (faults.isCalm) return;
      const service = random.pick(this.services);
      if (service?.isAlive === true) {
        const what = random.weighted({ crash: 70, stall: 20, stop: 10 });
        faults.count(what);
        if (what === 'crash') service.kill();
        else if (what === 'stall') this.stall(service);
        else this.stop(service);
      }
      this.planFault();
    });
  }

  private stall(service: ServiceProcess): void {
    const { random } = this;
    const forMs = Math.min(random.around((2 / 3) * LEASE_MS), 1.5 * LEASE_MS);
    if (random.chance(0.5)) service.stall(forMs);
    else service.stallAtCall(2 * LEASE_MS);
  }

  private planAudits(): void {
    this.time.after(10 * MINUTE, () => {
      this.auditor.look();
      this.planAudits();
    });
  }

  /** A process, and its supervisor: started again whenever it is gone. */
  private boot(slot: number): void {
    const { time, random, faults } = this;
    const isAlone = this.services.length === 1;
    const stepped = isAlone && random.chance(0.2);
    if (stepped) faults.count('clock step');
    // Clocks of nodes that share a database are seconds apart; one that is alone may be set by anybody.
    const aheadMs = stepped ? random.between(-15 * MINUTE, 15 * MINUTE) : random.between(-2_000, 2_000);
    const service: ServiceProcess = new ServiceProcess({
      time,
      faults,
      clockAheadMs: () => aheadMs,
      reads: this.reads,
      storeFor: (gate) => this.storeFor(gate),
      machines: this.machines[slot]!,
      onDeath: () => {
        this.services[slot] = null;
        time.after(random.chance(0.5) ? random.around(5 * SECOND) : random.around(2 * MINUTE), () => this.boot(slot));
      },
      onDefect: (message, error) => {
        this.auditor.fail(
          'no error without a fault',
          '',
          `${message}: ${error instanceof Error ? error.message : JSON.stringify(error)}`,
        );
      },
    });
    this.services[slot] = service;
    if (this.options.mutant === 'relative-timers') this.restartTimers(service.clock.now());
    service.start().catch(() => service.kill());
    // An activity that dies with one process after the other counts as what kills them, and is not run any more.
    const dies = !faults.isCalm && this.diedInRecovery < 3 && random.chance(0.15);
    this.diedInRecovery = dies ? this.diedInRecovery + 1 : 0;
    if (dies) {
      time.after(random.between(1, 500), () => {
        if (service.isAlive) faults.count('crash in recovery');
        service.kill();
      });
    }
  }

  private stop(service: ServiceProcess): void {
    service.stop(5 * SECOND).then(
      () => service.kill(),
      () => service.kill(),
    );
  }

  private storeFor(gate: ProcessGate): StoreLink {
    const { database, time, random, faults } = this;
    const link = { database, gate, time, random, faults };
    switch (this.options.mutant) {
      case 'effect-before-commit':
        return new HastyStoreLink(link);
      case 'anyones-failures':
        return new PossessiveStoreLink(link);
      case 'hasty-heirs':
        return new HastyHeirStoreLink(link);
      case 'no-event-dedup':
        return new ForgetfulStoreLink(link);
      case 'no-compare-and-set':
      case 'relative-timers':
      case 'fresh-keys':
      case 'all-safe':
      case null:
        return new StoreLink(link);
    }
  }

  private machinesOf(slot: number): OrderMachines {
    const { time, random, faults, ledger, auditor } = this;
    const activities = partnerLogics({
      caller: () => this.services[slot] ?? null,
      time,
      random,
      faults,
      ledger,
      onCall: (actorId, taskId) => {
        auditor.called(actorId, taskId);
        this.services.forEach((service, at) => service?.called(`${actorId} ${taskId}`, at === slot));
      },
      isPatient: this.options.mutant !== 'anyones-failures',
      keyOf: (call) => {
        this.calls += 1;
        return this.options.mutant === 'fresh-keys' ? `${call.idempotencyKey} ${this.calls}` : call.idempotencyKey;
      },
    });
    return orderMachines(activities, this.options.mutant === 'all-safe');
  }

  private restartTimers(now: number): void {
    this.database.tasks.restartTimers((task) => this.delayOf(task), now);
  }

  private delayOf(task: TaskRecord): number {
    return Math.max(0, task.dueAt - (this.database.actors.get(task.actorId)?.updatedAt ?? 0));
  }

  private report(): WorldReport {
    const { time, auditor, options, database, ledger, client, faults } = this;
    const outcomes: Record<string, number> = {};
    for (const { outcome } of database.actors.values()) {
      outcomes[outcome ?? 'none'] = (outcomes[outcome ?? 'none'] ?? 0) + 1;
    }
    return {
      seed: options.seed,
      orders: options.orders,
      ended: auditor.ended,
      processes: this.services.length,
      simulatedMs: time.now - time.startedAt,
      commits: auditor.commits,
      historyRows: auditor.rows,
      timersFired: auditor.timersFired,
      events: client.events,
      happenings: time.happenings,
      repeatedCalls: ledger.repeats,
      conflicts: database.conflicts,
      outcomes,
      faults: faults.counts,
      violations: auditor.violations,
      traceHash: auditor.traceHash,
    };
  }
}
