/**
 * The model of an order in command sequences: which answer a request may get where the order stands, what an answered
 * request must have changed, and what must not change by itself. It is written from docs/GUARANTEES.md and the chart's
 * pictures in docs/ARCHITECTURE.md; it never asks the runtime or the machine.
 */
import type { EventState, RuntimeStatus } from '../../src/durable/index.js';
import type { StoredValue } from '../../src/orders/machine/order/order-step.js';
import { type Answer, type Asked, type OrderScene, ORDER, type SceneRequest } from './order-scene.js';

/** What is known of a key whose request was answered with success: it is never forgotten. */
interface Acknowledged {
  readonly request: SceneRequest;
}

/** An order that was seen suspended: nothing of this may change before it is resumed or terminated. */
interface Pause {
  readonly snapshot: string;
  readonly deadlines: ReadonlyMap<string, number>;
  /** By the wall clock. */
  readonly since: number;
}

export interface Before {
  readonly status: RuntimeStatus | null;
  /** Active states from the top down, e.g. `AwaitingPayment.open`. */
  readonly path: string;
  readonly incident: boolean;
  readonly deadlines: ReadonlyMap<string, number>;
  readonly kept: number;
  readonly keyState: EventState | null;
  readonly reachable: boolean;
  readonly shaken: boolean;
}

class ForecastError extends Error {
  override readonly name = 'ForecastError';
}

/** How often which answer came, over all sequences of a run. */
export interface Tally {
  readonly answers: Map<string, number>;
  exact: number;
  deadlinesChecked: number;
}

export class OrderModel {
  readonly acknowledged = new Map<string, Acknowledged>();
  /** Requests with a key, in the order they were made, to be repeated. */
  readonly made: SceneRequest[] = [];
  private status: RuntimeStatus | null = null;
  private pause: Pause | null = null;
  private callsAtEnd = 0;
  /** What was asked for since it was last looked at, answered or not. */
  private readonly asked = new Set<string>();
  private keys = 0;
  private sinceEnd = 0;

  constructor(private readonly tally: Tally) {}

  /** An order that has ended answers alike for ever. */
  get isWorthAsking(): boolean {
    return this.sinceEnd <= 3;
  }

  nextKey(): string {
    this.keys += 1;
    return `key-${this.keys}`;
  }

  /** Asks, and holds the answer and its effects against what had to come. @throws ForecastError */
  async ask(scene: OrderScene, request: SceneRequest): Promise<Asked> {
    const key = keyOf(request);
    const before = stand(scene, key);
    if (key !== null && !this.made.includes(request)) this.made.push(request);
    this.asked.add(request.kind === 'operator' ? request.request.type : request.kind);
    const asked = await scene.ask(request);
    const { answer } = asked;
    this.count(request, answer);
    if (asked.alone) this.expectExactly(request, before, answer);
    this.expectKnown(key, answer);
    this.remember(key, request, answer);
    this.follow(scene, request, before, asked);
    return asked;
  }

  /** To be called after everything that happens: what must not have changed by itself. @throws ForecastError */
  observe(scene: OrderScene): void {
    const [violation] = scene.violations;
    if (violation !== undefined) throw new ForecastError(`${violation.invariant}: ${violation.detail}`);
    const { row } = scene;
    const status = row?.runtimeStatus ?? null;
    if (!mayBecome(this.status, status, this.asked)) {
      wrong(
        `It was ${this.status ?? 'not there'} and is ${status ?? 'not there'}; asked for: ${[...this.asked].join()}.`,
      );
    }
    this.asked.clear();
    if (isEnd(this.status) && scene.calls > this.callsAtEnd) wrong('A call went out after the order had ended.');
    this.status = status;
    this.callsAtEnd = scene.calls;
    if (isEnd(status)) this.sinceEnd += 1;
    if (status === 'suspended') this.observePause(scene);
    else this.pause = null;
    for (const key of this.acknowledged.keys())
      if (scene.stateOf(key) === null) wrong(`${key} was acknowledged and is lost.`);
  }

  /** Everybody answers from now on: the order has to end, with money and goods settled, and all of it on record. */
  async expectRest(scene: OrderScene): Promise<void> {
    const ended = await scene.comeToRest();
    const { row } = scene;
    if (!ended || row === null) wrong(`It never ended: ${row?.runtimeStatus ?? 'not there'} in ${row?.status ?? '-'}.`);
    const [violation] = scene.violations;
    if (violation !== undefined) wrong(`${violation.invariant}: ${violation.detail}`);
    if (scene.tasksOf(ORDER).length > 0) wrong('An order that has ended has a task.');
    for (const key of this.acknowledged.keys())
      if (scene.stateOf(key) === null) wrong(`${key} was acknowledged and is lost.`);
    this.expectOnRecord(scene);
  }

  /** Every acknowledged event is in the history, and the history has no gap. */
  private expectOnRecord(scene: OrderScene): void {
    const told = new Set(scene.history.map((row) => (JSON.parse(row.data) as { key?: string | null }).key)); // written by turns
    for (const [key, { request }] of this.acknowledged) {
      if (request.kind === 'event' && !told.has(key)) wrong(`The history does not tell of ${key}.`);
    }
    let seq = 0;
    let revision = 0;
    for (const row of scene.history) {
      if (row.seq !== seq + 1) wrong(`Row ${seq + 1} of the history has the number ${row.seq}.`);
      if (row.revision !== revision && row.revision !== revision + 1)
        wrong(`Revision ${revision} is followed by ${row.revision}.`);
      ({ seq, revision } = row);
    }
    if (scene.row?.historySeq !== seq || scene.row.revision !== revision)
      wrong('The order is not where its history ends.');
  }

  private expectExactly(request: SceneRequest, before: Before, answer: Answer): void {
    const expected = forecast(request, before);
    this.tally.exact += 1;
    if (expected.some((each) => same(each, answer)) || (before.shaken && answer.kind === 'none')) return;
    const where = `${before.status ?? 'not there'} in ${before.path}`;
    wrong(
      `${JSON.stringify(request)} to an order that is ${where}: ${say(answer)} instead of ${expected.map(say).join(' or ')}.`,
    );
  }

  /** Whatever else went on: a key that was acknowledged is known for ever. */
  private expectKnown(key: string | null, answer: Answer): void {
    if (key === null || answer.kind === 'none' || !this.acknowledged.has(key)) return;
    if (answer.kind !== 'answered' || answer.disposition !== 'duplicate') wrong(`${key} was repeated: ${say(answer)}.`);
  }

  private remember(key: string | null, request: SceneRequest, answer: Answer): void {
    if (key === null || answer.kind !== 'answered') return;
    const { disposition, reason } = answer;
    const leavesTrace =
      disposition === 'applied' ||
      disposition === 'kept' ||
      disposition === 'duplicate' ||
      (request.kind === 'event' && disposition === 'refused' && reason === 'actor_ended');
    if (leavesTrace && !this.acknowledged.has(key)) this.acknowledged.set(key, { request });
  }

  /** What an operator's command that was done must have changed. */
  private follow(scene: OrderScene, request: SceneRequest, before: Before, { answer, alone }: Asked): void {
    if (request.kind !== 'operator' || answer.kind !== 'answered' || answer.disposition !== 'applied') return;
    const { row, deadlines } = scene;
    switch (request.request.type) {
      case 'suspend':
        if (row?.runtimeStatus !== 'suspended') wrong(`It was suspended and is ${row?.runtimeStatus ?? 'gone'}.`);
        if (deadlines.size > 0) wrong('A suspended order has a timer.');
        this.status = 'suspended';
        // What it held when it was suspended; in a crowd, what the order itself notes.
        this.pause = {
          snapshot: row.snapshot,
          deadlines: alone ? before.deadlines : notedDeadlines(row.bookkeeping),
          since: scene.wall,
        };
        return;
      case 'resume':
        this.expectDeadlines(scene, request.request.deadlines, before, alone);
        this.status = 'running';
        this.pause = null;
        return;
      case 'terminate':
        if (row?.runtimeStatus !== 'terminated') wrong(`It was terminated and is ${row?.runtimeStatus ?? 'gone'}.`);
        if (scene.tasksOf(ORDER).length > 0) wrong('A terminated order has a task.');
        this.status = 'terminated';
        this.callsAtEnd = scene.calls;
        return;
      case 'retry':
        return;
    }
  }

  /** The deadlines of before: as they were, or put off by exactly as long as the order was suspended. */
  private expectDeadlines(scene: OrderScene, mode: 'keep' | 'move', before: Before, alone: boolean): void {
    const { pause } = this;
    if (pause === null || !alone) return;
    const movedBy = mode === 'move' ? Math.max(0, scene.wall - pause.since) : 0;
    for (const [taskId, dueAt] of scene.deadlines) {
      const was = pause.deadlines.get(taskId);
      if (was !== undefined && dueAt !== was + movedBy)
        wrong(`${taskId} was due at ${was}, is ${dueAt} after ${mode}, ${movedBy} ms.`);
    }
    this.tally.deadlinesChecked += scene.deadlines.size;
    // What was kept may have moved the order on, and its timers with it.
    if (before.kept > 0) return;
    if ([...scene.deadlines.keys()].sort().join() !== [...pause.deadlines.keys()].sort().join())
      wrong('A resume changed which timers there are.');
  }

  private observePause(scene: OrderScene): void {
    const { row } = scene;
    if (row === null) return;
    this.pause ??= {
      snapshot: row.snapshot,
      deadlines: notedDeadlines(row.bookkeeping),
      since: suspendedAt(row.bookkeeping),
    };
    if (row.snapshot !== this.pause.snapshot) wrong('A suspended order moved.');
    if (scene.deadlines.size > 0) wrong('A suspended order has a timer.');
  }

  private count(request: SceneRequest, answer: Answer): void {
    const what =
      request.kind === 'operator' ? request.request.type : request.kind === 'event' ? request.event.type : 'start';
    const { answers } = this.tally;
    for (const entry of [say(answer), `${what}: ${say(answer)}`]) answers.set(entry, (answers.get(entry) ?? 0) + 1);
  }
}

/** Every answer a request may get, if nothing else happens meanwhile. */
function forecast(request: SceneRequest, before: Before): Answer[] {
  const { status, keyState } = before;
  // That an order is there needs no store, once the process has seen it.
  if (!before.reachable)
    return [{ kind: 'none' }, ...(request.kind === 'start' && status !== null ? [done('exists')] : [])];
  if (request.kind === 'start') return [status === null ? done('applied') : done('exists')];
  if (status === null) return [{ kind: 'unknown' }];
  if (keyState !== null) return [{ ...done('duplicate'), firstState: keyState }];
  return request.kind === 'event' ? [ofEvent(request.event.type, before)] : [ofCommand(request.request.type, before)];
}

function ofEvent(type: string, { status, path, incident }: Before): Answer {
  if (isEnd(status)) return done('refused', 'actor_ended');
  if (status === 'suspended') return done('kept', 'suspended');
  switch (type) {
    case 'payment.accepted':
      // Also where nobody waits for it: then it is looked up at the provider before the order ends.
      return done(/^AwaitingPayment\.(open|disputed)$/.test(path) || DECIDED.test(path) ? 'applied' : 'kept');
    case 'payment.rejected':
      return done(path === 'AwaitingPayment.open' ? 'applied' : 'kept');
    case 'order.cancel':
      if (takesCancel(path)) return done('applied');
      return DECIDED.test(path) ? done('refused', 'not_now') : done('kept');
    default:
      return incident ? done('applied') : done('refused', 'not_now');
  }
}

function ofCommand(type: string, { status, path, incident }: Before): Answer {
  if (isEnd(status)) return done('refused', 'actor_ended');
  const notNow = done('refused', 'not_now');
  switch (type) {
    case 'suspend':
      return status === 'running' ? done('applied') : notNow;
    case 'resume':
      return status === 'suspended' ? done('applied') : notNow;
    case 'terminate':
      return done('applied');
    default:
      // Nothing but a person's comparing of books helps in a dispute.
      return status === 'running' && incident && path !== 'AwaitingPayment.disputed' ? done('applied') : notNow;
  }
}

/** The payment is decided: the order ships, or it is being wound up. */
const DECIDED = /^(PaymentSuccess|SendShippingOrder|PaymentFailed|Completed)\b/;

/** Where it is known what a cancellation has to undo. */
function takesCancel(path: string): boolean {
  return (
    /^(GettingProducts|GettingAddress)\./.test(path) ||
    path === 'ReservingProducts.incident' ||
    /^Calculating(Shipping|FinalPrice)\.(running|backoff|incident)$/.test(path) ||
    /^AwaitingPayment\.(stalled|open|disputed)$/.test(path)
  );
}

function done(disposition: Extract<Answer, { kind: 'answered' }>['disposition'], reason: string | null = null) {
  return { kind: 'answered', disposition, reason, firstState: null } as const;
}

function same(one: Answer, other: Answer): boolean {
  return one.kind === 'answered' && other.kind === 'answered'
    ? one.disposition === other.disposition &&
        one.firstState === other.firstState &&
        // A duplicate repeats the reason of the first one.
        (one.disposition === 'duplicate' || one.reason === other.reason)
    : one.kind === other.kind;
}

function say(answer: Answer): string {
  if (answer.kind !== 'answered') return answer.kind === 'none' ? 'no answer' : 'unknown order';
  return [answer.disposition, answer.firstState ?? answer.reason].filter((word) => word !== null).join(' ');
}

function stand(scene: OrderScene, key: string | null): Before {
  const { row, deadlines, faults } = scene;
  return {
    status: row?.runtimeStatus ?? null,
    path: row === null ? '' : pathOf((JSON.parse(row.snapshot) as { value: StoredValue }).value), // of the order machine
    incident: row?.incident === true,
    deadlines,
    kept: row?.keptEvents ?? 0,
    keyState: scene.stateOf(key),
    reachable: scene.isUp && !faults.storeAway,
    shaken: scene.isShaken,
  };
}

function pathOf(value: StoredValue): string {
  if (typeof value === 'string') return value;
  return Object.entries(value)
    .map(([state, inside]) => (inside === undefined ? state : `${state}.${pathOf(inside)}`))
    .join();
}

/** An order comes to its end by itself; anything else somebody has asked for. Its machine never fails. */
function mayBecome(before: RuntimeStatus | null, after: RuntimeStatus | null, asked: ReadonlySet<string>): boolean {
  if (before === after) return true;
  if (isEnd(before) || after === null || after === 'failed') return false;
  if (after === 'terminated') return asked.has('terminate');
  if (after === 'suspended') return asked.has('suspend');
  if (before === 'suspended') return asked.has('resume');
  return before !== null || asked.has('start');
}

const isEnd = (status: RuntimeStatus | null): boolean => status === 'completed' || status === 'terminated';

interface Notes {
  readonly timers: readonly { readonly taskId: string; readonly dueAt: number }[];
  readonly suspendedAt?: number;
}

const notesOf = (bookkeeping: string): Notes => JSON.parse(bookkeeping) as Notes; // written by the runtime

const notedDeadlines = (bookkeeping: string): ReadonlyMap<string, number> =>
  new Map(notesOf(bookkeeping).timers.map(({ taskId, dueAt }) => [taskId, dueAt]));

const suspendedAt = (bookkeeping: string): number => notesOf(bookkeeping).suspendedAt ?? Number.NaN;

function keyOf(request: SceneRequest): string | null {
  return request.kind === 'start' ? null : request.key;
}

function wrong(what: string): never {
  throw new ForecastError(what);
}
