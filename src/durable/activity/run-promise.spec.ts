import { fromPromise } from 'xstate';
import { fromActivity } from './activity.js';
import type { ActivityContext } from '../model/activity-context.js';
import { runPromise } from './run-promise.js';
import { CancellationToken } from './cancellation-token.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('the logic of an activity', () => {
  const cancellation = new CancellationToken();
  const context: ActivityContext = {
    actorId: 'a',
    activityId: 'ask',
    taskId: 'ask#1',
    idempotencyKey: 'a:ask',
    attempt: 2,
    delivery: 1,
    signal: cancellation.signal,
    heartbeat: () => undefined,
  };
  const run = (logic: Parameters<typeof runPromise>[0], wanted = cancellation) =>
    runPromise(logic, 'what', { ...context, signal: wanted.signal }, wanted);

  it('that was written for it gets its input and who it is', async () => {
    const logic = fromActivity((input: string, { idempotencyKey, attempt }) =>
      Promise.resolve([input, idempotencyKey, attempt]),
    );
    expect(await run(logic)).toEqual({ ok: true, output: ['what', 'a:ask', 2] });
  });

  it('that is a plain promise gets what XState gives it', async () => {
    const logic = fromPromise(({ input, self, signal }) => Promise.resolve([input, self.id, signal.aborted]));
    expect(await run(logic)).toEqual({ ok: true, output: ['what', 'ask', false] });
  });

  it.each([
    ['written for it, throws', fromActivity(() => thrown('at once'))],
    ['written for it, rejects', fromActivity(() => Promise.reject(new Error('at once')))],
    ['a plain promise, rejects', fromPromise(() => Promise.reject(new Error('at once')))],
  ])('that is %s, has failed', async (_, logic) => {
    expect(await run(logic)).toEqual({ ok: false, error: new Error('at once') });
  });

  it.each([
    [
      'written for it',
      (hear: (signal: AbortSignal) => void) => fromActivity((_input, { signal }) => heard(hear, signal)),
    ],
    ['a plain promise', (hear: (signal: AbortSignal) => void) => fromPromise(({ signal }) => heard(hear, signal))],
  ])('that is %s, ends with the reason when it is cancelled, and hears of it', async (_, logicOf) => {
    const left = new CancellationToken();
    const signals: AbortSignal[] = [];
    const end = run(
      logicOf((signal) => signals.push(signal)),
      left,
    );
    await Promise.resolve();
    left.cancel('left');
    expect([await end, signals.map(({ aborted }) => aborted)]).toEqual([{ ok: false, error: 'left' }, [true]]);
  });

  it('that nobody registered has failed', async () => {
    expect(await run(undefined)).toMatchObject({ ok: false, error: { message: 'No activity is registered for ask.' } });
  });
});

function thrown(message: string): never {
  throw new Error(message);
}

function heard(hear: (signal: AbortSignal) => void, signal: AbortSignal): Promise<never> {
  hear(signal);
  return never();
}
