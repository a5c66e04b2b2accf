import { Admission, type AdmissionBounds } from '../commit/admission.js';
import type { ActorMessage } from '../model/actor-message.js';
import { OverloadedError, StoreUnavailableError } from '../model/durable-errors.js';
import { silentLogger } from '../model/logger.port.js';
import type { EventRecord } from '../model/store.port.js';
import { settle, VirtualClock } from '../testing/virtual-clock.js';
import { type Envelope, Mailboxes } from './mailboxes.js';
import { StoreCircuitBreaker } from './store-circuit-breaker.js';
import { registerCases } from '../../../test/support/register-cases.js';

const KEPT: EventRecord = {
  actorId: 'a',
  key: 'k',
  position: 1,
  type: 'go',
  event: '{"type":"go"}',
  state: 'kept',
  reason: null,
  receivedAt: 1,
  settledAt: null,
};
const OUTSIDE: readonly ActorMessage[] = [
  { kind: 'start', input: { n: 1 } },
  { kind: 'event', event: { type: 'go' }, key: 'k' },
  { kind: 'event', event: { type: 'go' }, key: null },
  { kind: 'command', command: { type: 'suspend', by: 'anna', reason: null }, key: null },
];
const OWN: readonly ActorMessage[] = [
  { kind: 'kept', record: KEPT },
  { kind: 'reevaluate' },
  { kind: 'activity.completed', taskId: 't', output: { n: 1 }, startedAt: 1 },
  {
    kind: 'activity.failed',
    taskId: 't',
    error: { name: 'Error', code: 'x', message: 'x', retryable: true },
    startedAt: 1,
  },
  { kind: 'timer', taskId: 't' },
];
const MB = 1_048_576;
const BOUNDS: AdmissionBounds = { maxPendingBytes: MB, maxPendingMs: 5_000 };
/** What the commits under way look like. */
const LOADS = {
  none: { pendingBytes: 0, waitMs: 0 },
  'as much as is allowed': { pendingBytes: MB - 50_000, waitMs: 5_000 },
  'too many bytes': { pendingBytes: MB, waitMs: 0 },
  'too long a wait': { pendingBytes: 1_000, waitMs: 5_001 },
  both: { pendingBytes: 2 * MB, waitMs: 60_000 },
} as const;

describe('Mailboxes under load (G23)', () => {
  let refused: string[];
  let held: Envelope[];
  beforeEach(() => {
    refused = [];
    held = [];
  });

  function mailboxes(commits: { pendingBytes: number; waitMs: number }) {
    const observer = { callerRefused: (reason: string) => refused.push(reason) };
    const admission = new Admission({ ...BOUNDS, commits, observer, logger: silentLogger });
    const breaker = new StoreCircuitBreaker(new VirtualClock());
    const boxes = new Mailboxes({ admission, breaker }, (_, batch) => {
      held.push(...batch.taken);
      return new Promise(() => undefined); // they stay under way
    });
    return { admission, boxes };
  }
  const post = (boxes: Mailboxes, message: ActorMessage, actorId = 'a') => {
    const outcome = boxes.post(actorId, { message, run: null, registration: null, machineId: null });
    outcome.catch(() => undefined);
    return outcome;
  };

  it("every outside caller is refused at either bound, and none of the runtime's own messages ever", async () => {
    let cases = 0;
    for (const [load, commits] of Object.entries(LOADS)) {
      for (const message of [...OUTSIDE, ...OWN]) {
        cases += 1;
        const { boxes } = mailboxes(commits);
        const told = await Promise.race([post(boxes, message).catch((error: unknown) => error), settle()]);
        const isRefused = OUTSIDE.includes(message) && load !== 'none' && load !== 'as much as is allowed';
        expect([load, message.kind, told instanceof OverloadedError]).toEqual([load, message.kind, isRefused]);
      }
    }
    registerCases(45, cases);
    expect(refused).toHaveLength(3 * OUTSIDE.length);
  });

  it('messages count from their arrival to their answer, whichever it is', async () => {
    const { admission, boxes } = mailboxes(LOADS.none);
    const event = { kind: 'event', event: { type: 'go', text: 'x'.repeat(100_000) }, key: null } as const;
    const [first, second] = [post(boxes, event, 'a'), post(boxes, event, 'b')];
    await settle();
    expect(admission.pendingBytes).toBeGreaterThan(200_000);
    held[0]?.resolve({ disposition: 'stale' } as never); // nobody reads it
    held[1]?.reject(new StoreUnavailableError('away'));
    await first;
    await expect(second).rejects.toThrow('away');
    expect(admission.pendingBytes).toBe(0);
  });

  it('one actor or many: no more goes in than there is room for', async () => {
    for (const actorOf of [() => 'a', (n: number) => `actor-${n}`]) {
      const { admission, boxes } = mailboxes(LOADS.none);
      const event = { kind: 'event', event: { type: 'go', text: 'x'.repeat(10_000) }, key: null } as const;
      const told = Array.from({ length: 500 }, (_, n) =>
        post(boxes, event, actorOf(n)).catch((error: unknown) => error instanceof OverloadedError),
      );
      await settle();
      const tooMany = (await Promise.all(told.map((each) => Promise.race([each, settle()])))).filter(Boolean);
      expect(admission.pendingBytes).toBeLessThanOrEqual(MB);
      expect([admission.pendingBytes > 0.9 * MB, admission.isOverloaded]).toEqual([true, true]);
      expect(tooMany.length).toBeGreaterThan(400);
    }
  });

  it('a message larger than all that is allowed goes in alone', async () => {
    const { boxes } = mailboxes(LOADS.none);
    const huge = { kind: 'start', input: 'x'.repeat(2 * MB) } as const;
    void post(boxes, huge, 'a');
    await expect(post(boxes, huge, 'b')).rejects.toBeInstanceOf(OverloadedError);
    expect(held).toHaveLength(1);
  });

  it('a caller is told when to come again: after as long as commits wait now, at most half a minute', async () => {
    for (const [waitMs, retryAfter] of [
      [5_001, 6],
      [12_000, 12],
      [900_000, 30],
    ] as const) {
      const { boxes } = mailboxes({ pendingBytes: 0, waitMs });
      await expect(post(boxes, OUTSIDE[0]!)).rejects.toMatchObject({ code: 'overloaded', retryAfter });
    }
  });
});

describe('Mailboxes while the store is away (G1)', () => {
  const clock = new VirtualClock();

  /** An outside caller comes after a start that failed, with the result of an activity behind it in the mailbox. */
  async function callerAfterFailedStart(isWanted: boolean): Promise<{ result: string; handled: string[] }> {
    const breaker = new StoreCircuitBreaker(clock);
    const observer = { callerRefused: () => undefined };
    const admission = new Admission({ ...BOUNDS, commits: LOADS.none, observer, logger: silentLogger });
    const handled: string[] = [];
    let fail = (): void => undefined;
    const boxes = new Mailboxes({ admission, breaker }, (_, batch) => {
      handled.push(...batch.taken.map(({ message }) => message.kind));
      if (handled.length > 1) return new Promise(() => undefined); // it stays under way
      return new Promise((resolve) => {
        fail = () => {
          breaker.failed();
          for (const { reject } of batch.taken) reject(new StoreUnavailableError('away'));
          resolve([]);
        };
      });
    });
    const run = { isSafe: true, delivery: 1, isWanted: () => isWanted };
    const post = (message: ActorMessage, of: Envelope['run']) => {
      const answer = boxes.post('a', { message, run: of, registration: null, machineId: null });
      return answer.then(
        () => 'answered',
        (error: unknown) => (error as Error).message,
      );
    };
    const first = post(OUTSIDE[0]!, null);
    const early = post(OWN[2]!, run);
    fail();
    await first;
    await settle();
    const caller = post(OUTSIDE[1]!, null);
    const result = await Promise.race([caller, settle().then(() => 'under way')]);
    if (!isWanted) expect(await early).toContain('never came to be');
    return { result, handled };
  }

  it('a result that is wanted waits for the store, and a caller behind it is refused at once', async () => {
    const { result, handled } = await callerAfterFailedStart(true);
    expect([result, handled]).toEqual(['The store is away; nothing was accepted.', ['start']]);
  });

  it('a result of a commit that never came to be waits for nothing, and keeps no caller out', async () => {
    const { result, handled } = await callerAfterFailedStart(false);
    expect([result, handled]).toEqual(['under way', ['start', 'event']]);
  });
});
