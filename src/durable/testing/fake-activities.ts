/** Activities that a test answers in place of the machine's own, by their names. */
import { fromPromise, StateMachine, type AnyActorLogic, type AnyStateMachine } from 'xstate';
import { currentActivity } from '../activity/activity.js';

export interface FakeCall {
  /** From 1: how often this activity was called. */
  readonly nth: number;
  /** From 1: the try of the runtime. */
  readonly attempt: number;
  readonly actorId: string;
  readonly idempotencyKey: string;
}

/** Returns what the activity answers, or throws what it fails with. */
export type FakeActivity = (input: unknown, call: FakeCall) => unknown;

export interface RecordedCall extends FakeCall {
  readonly activity: string;
  readonly input: unknown;
}

/** Fails every call up to the `times`th with `error`, and answers the later ones with `output`. */
export function failing(times: number, error: Error, output: unknown = null): FakeActivity {
  return (_input, { nth }) => {
    if (nth <= times) throw error;
    return output;
  };
}

export interface HeldActivity {
  readonly run: FakeActivity;
  /** Answers the oldest call that still waits. @throws Error when none does. */
  succeed(output: unknown): void;
  /** Fails the oldest call that still waits. @throws Error when none does. */
  fail(error: Error): void;
}

/** Answers nothing until the test says so. */
export function held(): HeldActivity {
  const waiting: { resolve: (output: unknown) => void; reject: (error: Error) => void }[] = [];
  const next = () => {
    const first = waiting.shift();
    if (first === undefined) throw new Error('No call waits for an answer.');
    return first;
  };
  return {
    run: () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
    succeed: (output) => next().resolve(output),
    fail: (error) => next().reject(error),
  };
}

/** The fakes of one harness; they outlive a restart, as partners do. */
export class FakeActivities {
  readonly calls: RecordedCall[] = [];

  constructor(private readonly fakes: Readonly<Record<string, FakeActivity>>) {}

  /**
   * Puts the fakes in the place of the machine's logic of those names, in its child machines too.
   * @param isAlive whether the process that calls them is: a dead one calls nobody.
   */
  provide<TMachine extends AnyStateMachine>(machine: TMachine, isAlive: () => boolean): TMachine {
    const own = machine.implementations.actors as Readonly<Record<string, AnyActorLogic>>; // any logic at all
    const replaced: Record<string, AnyActorLogic> = {};
    for (const [name, logic] of Object.entries(own)) {
      const fake = this.fakes[name];
      if (logic instanceof StateMachine) replaced[name] = this.provide(logic as AnyStateMachine, isAlive);
      else if (fake !== undefined) replaced[name] = this.logicOf(name, fake, isAlive);
    }
    // Only logic changes, which is no part of the machine's type.
    return machine.provide({ actors: replaced } as never) as unknown as TMachine;
  }

  private logicOf(activity: string, fake: FakeActivity, isAlive: () => boolean): AnyActorLogic {
    return fromPromise<unknown, unknown>(async ({ input }) => {
      if (!isAlive()) return await new Promise(() => undefined);
      const { attempt, actorId, idempotencyKey } = currentActivity();
      const nth = this.calls.filter((call) => call.activity === activity).length + 1;
      this.calls.push({ activity, input, nth, attempt, actorId, idempotencyKey });
      return await fake(input, { nth, attempt, actorId, idempotencyKey });
    });
  }
}
