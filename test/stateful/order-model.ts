/**
 * The model of an order in command sequences: which answer a request may get where the order stands, what an answered
 * request must have changed, and what must not change by itself. It is written from docs/GUARANTEES.md and the chart's
 * pictures in docs/ARCHITECTURE.md; it never asks the runtime or the machine.
 */
import type { RuntimeStatus } from '../../src/durable/index.js';
import { answerInWords, expectedAnswers, isSameAnswer } from './expected-answers.js';
import { isEnd, notedDeadlines, type OrderPosition, positionOf, suspendedAt } from './order-position.js';
import { ORDER, type OrderScene } from './order-scene.js';
import type { Answer, Asked, SceneRequest } from './scene-request.js';

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

class ModelError extends Error {
  override readonly name = 'ModelError';
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

  /** Asks, and holds the answer and its effects against what had to come. @throws ModelError */
  async ask(scene: OrderScene, request: SceneRequest): Promise<Asked> {
    const key = keyOf(request);
    const before = positionOf(scene, key);
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

  /** To be called after everything that happens: what must not have changed by itself. @throws ModelError */
  observe(scene: OrderScene): void {
    const [violation] = scene.violations;
    if (violation !== undefined) throw new ModelError(`${violation.invariant}: ${violation.detail}`);
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
      if (request.kind === 'event' && !told.has(key)) wrong(`The history does not name ${key}.`);
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

  private expectExactly(request: SceneRequest, before: OrderPosition, answer: Answer): void {
    const expected = expectedAnswers(request, before);
    this.tally.exact += 1;
    if (expected.some((each) => isSameAnswer(each, answer)) || (before.shaken && answer.kind === 'none')) return;
    const where = `${before.status ?? 'not there'} in ${before.path}`;
    wrong(
      `${JSON.stringify(request)} to an order that is ${where}: ${answerInWords(answer)} instead of ${expected.map(answerInWords).join(' or ')}.`,
    );
  }

  /** Whatever else went on: a key that was acknowledged is known for ever. */
  private expectKnown(key: string | null, answer: Answer): void {
    if (key === null || answer.kind === 'none' || !this.acknowledged.has(key)) return;
    if (answer.kind !== 'answered' || answer.disposition !== 'duplicate')
      wrong(`${key} was repeated: ${answerInWords(answer)}.`);
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
  private follow(scene: OrderScene, request: SceneRequest, before: OrderPosition, { answer, alone }: Asked): void {
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
  private expectDeadlines(scene: OrderScene, mode: 'keep' | 'move', before: OrderPosition, alone: boolean): void {
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
    for (const entry of [answerInWords(answer), `${what}: ${answerInWords(answer)}`])
      answers.set(entry, (answers.get(entry) ?? 0) + 1);
  }
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

function keyOf(request: SceneRequest): string | null {
  return request.kind === 'start' ? null : request.key;
}

function wrong(what: string): never {
  throw new ModelError(what);
}
