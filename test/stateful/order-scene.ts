/**
 * An order, or several, in the real runtime and the real order machine, in virtual time: a process that can die and start again on a
 * store in memory, partners that keep a ledger, and the simulator's auditor, who watches every commit.
 *
 * Nothing happens here by itself but what was asked for: time passes when a command says so.
 */
import {
  type ActorRecord,
  DrainingError,
  type EventState,
  type HistoryRecord,
  StoreUnavailableError,
  UnknownActorError,
} from '../../src/durable/index.js';
import type { OrderSettings } from '../../src/orders/machine/order/order-model.js';
import { Auditor, type Violation } from '../simulator/auditor.js';
import { auditEffects, auditSettlement } from '../simulator/final-audit.js';
import { operate } from '../simulator/operator-request.js';
import { FakePartners, type OrderLedger } from '../simulator/fake-partners.js';
import { partnerLogics } from '../simulator/partner-link.js';
import { RandomSource } from '../simulator/random-source.js';
import { orderMachines, ServiceProcess } from '../simulator/service-process.js';
import { DAY, HOUR, MINUTE, SECOND, WorldTime } from '../simulator/world-time.js';
import type { Mutant } from './mutants.js';
import { SceneFaults } from './scene-faults.js';
import { type Answer, answered, type Asked, type SceneRequest, SETTINGS, startOf } from './scene-request.js';
import { connect, WatchedStore } from './watched-store.js';

export const ORDER = 'order-1';

const NONE: Answer = { kind: 'none' };
const RESTARTED_AFTER_MS = SECOND;
const PATIENCE_MS = MINUTE;

export interface SceneOptions {
  readonly seed: number;
  readonly mutant?: Mutant | null;
  readonly settings?: OrderSettings;
}

export class OrderScene {
  readonly time = new WorldTime();
  readonly faults = new SceneFaults(this.time);
  readonly ledger: FakePartners;
  readonly order: OrderLedger;
  readonly store: WatchedStore;
  /** Calls that went out to partners. */
  calls = 0;
  /** Orders whose customer will have decided as soon as the provider knows the payment, before it has told us of it. */
  readonly decidesAtOnce = new Map<string, 'captured' | 'rejected'>();
  /** How far the wall clock is ahead of the true time. */
  aheadMs = 0;
  private readonly auditor: Auditor;
  private readonly random: RandomSource;
  private service: ServiceProcess | null = null;

  constructor(private readonly options: SceneOptions) {
    const { time, faults } = this;
    this.random = new RandomSource(options.seed);
    this.auditor = new Auditor(time, faults, (actorId) => this.tasksOf(actorId).length);
    this.store = new WatchedStore({
      onWritten: (commit, before) => this.auditor.written(commit, before),
      onFault: () => faults.recordFault(),
    });
    this.ledger = new FakePartners(
      time,
      this.random,
      (ledger) => {
        const decision = this.decidesAtOnce.get(ledger.orderId);
        if (decision !== undefined) time.after(1, () => this.ledger.decide(ledger, decision));
      },
      (ledger) => auditEffects(this.auditor, ledger),
    );
    this.order = this.ledger.open(ORDER);
  }

  get isUp(): boolean {
    return this.service?.isUp === true;
  }

  get violations(): readonly Violation[] {
    return this.auditor.violations;
  }

  /** The store failed a short while ago: the process may still keep away from it, and say so. */
  get isShaken(): boolean {
    return this.faults.lastFaultAt > this.time.now - MINUTE;
  }

  /** The wall clock of the process. */
  get wall(): number {
    return this.time.now + this.aheadMs;
  }

  get row(): ActorRecord | null {
    return this.rowOf(ORDER);
  }

  rowOf(orderId: string): ActorRecord | null {
    return this.store.actors.get(orderId) ?? null;
  }

  get history(): HistoryRecord[] {
    return this.store.rows;
  }

  /** Timers by task id, and when they are due. */
  get deadlines(): ReadonlyMap<string, number> {
    return new Map(
      this.tasksOf(ORDER)
        .filter((task) => task.kind === 'timer')
        .map((task) => [task.taskId, task.dueAt]),
    );
  }

  /** What is stored of an event or command under a key. */
  stateOf(key: string | null, orderId = ORDER): EventState | null {
    return key === null ? null : (this.store.events.get(`${orderId} ${key}`)?.state ?? null);
  }

  tasksOf(actorId: string) {
    return [...this.store.tasks.values()].filter((task) => task.actorId === actorId);
  }

  boot(): Promise<void> {
    if (this.service !== null) return rest();
    const { time, faults, ledger, random, options } = this;
    // The habit of a store that one process uses alone.
    this.store.nodes.clear();
    const service: ServiceProcess = new ServiceProcess({
      time,
      faults,
      clockAheadMs: () => this.aheadMs,
      pollMs: 10 * MINUTE,
      leaseMs: 30 * MINUTE,
      storeFor: (gate) => {
        const line = connect(this.store, { isAlive: () => gate.isAlive, isAway: () => faults.storeAway });
        return options.mutant?.store?.(line) ?? line;
      },
      machines: orderMachines(
        partnerLogics({
          caller: () => this.service,
          time,
          random,
          faults,
          ledger,
          onCall: (actorId, taskId) => {
            this.calls += 1;
            this.auditor.called(actorId, taskId);
          },
          keyOf: ({ idempotencyKey }) =>
            options.mutant?.freshKeys === true ? `${idempotencyKey} ${this.calls}` : idempotencyKey,
        }),
      ),
      onDeath: () => {
        if (this.service === service) this.service = null;
        time.after(RESTARTED_AFTER_MS, () => void this.boot());
      },
      onDefect: (message, error) => {
        const why = error instanceof Error ? error.message : JSON.stringify(error);
        this.auditor.fail('no error without a fault', ORDER, `${message}: ${why}`);
      },
    });
    this.service = service;
    service.start().catch(() => service.kill());
    return rest();
  }

  /** The process is gone from one instruction to the next. */
  crash(): void {
    this.service?.kill();
  }

  /** Stops as it does for a deployment: finishes, hands back, signs off. */
  async stop(): Promise<void> {
    const { service } = this;
    if (service === null) return;
    let stopped = false;
    const gone = (): void => {
      stopped = true;
    };
    service.stop(SECOND).then(gone, gone);
    await this.pass(() => stopped || !service.isAlive, PATIENCE_MS);
    service.kill();
  }

  /** @throws Error when a living process does not answer within a minute. */
  async ask(request: SceneRequest, orderId = ORDER): Promise<Asked> {
    await rest();
    const { service } = this;
    if (service?.isUp !== true) return { answer: NONE, alone: true };
    const { now } = this.time;
    const faults = this.store.faults.length;
    const got: { answer?: Answer } = {};
    this.request(service, orderId, request).then(
      (answer) => {
        if (service.isAlive) got.answer = answer;
      },
      (error: unknown) => {
        if (service.isAlive) got.answer = this.withoutAnswer(error);
      },
    );
    await rest();
    await this.pass(() => got.answer !== undefined || !service.isAlive, PATIENCE_MS);
    await rest();
    if (got.answer === undefined && service.isAlive)
      throw new Error(`No answer within a minute to ${JSON.stringify(request)}`);
    const alone = this.time.now === now && this.store.faults.length === faults && service.isAlive;
    return { answer: got.answer ?? NONE, alone };
  }

  /** Asks again and again: who has just found the store away does not ask it at once. */
  private async insist(request: SceneRequest): Promise<void> {
    for (let tries = 0; tries < 60 && (await this.ask(request)).answer.kind === 'none'; tries += 1) {
      await this.advance(SECOND);
    }
  }

  /** Lets time go on, with all that happens in it. */
  async advance(ms: number): Promise<void> {
    let over = false;
    this.time.after(ms, () => (over = true));
    await this.time.pass(() => over);
    await rest();
  }

  /** Passes time until something is so, at most for so long. */
  async pass(isOver: () => boolean, patienceMs: number): Promise<void> {
    if (isOver()) return;
    let late = false;
    const cancel = this.time.after(patienceMs, () => (late = true));
    await this.time.pass(() => late || isOver());
    cancel();
  }

  /** All goes well from now on: the order has to come to its end by itself. @returns whether it did. */
  async comeToRest(): Promise<boolean> {
    this.faults.calmDown();
    this.store.faults.length = 0;
    await this.pass(() => this.isUp, HOUR);
    if (this.row === null) await this.insist({ kind: 'start' });
    if (this.row?.runtimeStatus === 'suspended') {
      await this.insist({ kind: 'operator', request: { type: 'resume', deadlines: 'keep' }, key: null });
    }
    return this.settle([ORDER]);
  }

  /** Lets orders come to their ends; then their money and goods are held against what they say. @returns whether all did. */
  async settle(orderIds: readonly string[]): Promise<boolean> {
    const hasEnded = (orderId: string): boolean => this.rowOf(orderId)?.completedAt != null;
    await this.pass(() => orderIds.every(hasEnded), 20 * DAY);
    await this.advance(HOUR);
    this.auditor.look();
    for (const orderId of orderIds) {
      const [ledger, row] = [this.ledger.orders.get(orderId), this.rowOf(orderId)];
      if (ledger !== undefined && row?.runtimeStatus === 'completed') auditSettlement(this.auditor, ledger, row);
    }
    return orderIds.every(hasEnded);
  }

  private async request(service: ServiceProcess, orderId: string, request: SceneRequest): Promise<Answer> {
    const { orders } = service;
    switch (request.kind) {
      case 'start': {
        const { created } = await orders.start(startOf(orderId, this.options.settings ?? SETTINGS), { id: orderId });
        const disposition = created ? 'applied' : 'exists';
        return { kind: 'answered', disposition, reason: null, firstState: null };
      }
      case 'event': {
        const { event, key } = request;
        return answered(await orders.send(orderId, { ...event }, key === null ? {} : { key }));
      }
      case 'operator':
        return answered(await operate(orders, orderId, request.request, request.key));
    }
  }

  private withoutAnswer(error: unknown): Answer {
    if (error instanceof UnknownActorError) return { kind: 'unknown' };
    if (!(error instanceof StoreUnavailableError) && !(error instanceof DrainingError)) {
      this.auditor.fail('no error without a fault', ORDER, error instanceof Error ? error.message : String(error));
    }
    return NONE;
  }
}

/** Lets promises and immediates that are under way come to rest, without any time passing. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise(setImmediate);
}
