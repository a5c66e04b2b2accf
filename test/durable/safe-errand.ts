/** A machine that reads, writes and waits; with partners that answer when a test says so. For the specs of safe activities. */
import { assign, fromPromise, setup } from 'xstate';
import { currentActivity, type DurableHandle, type RuntimeOptions } from '../../src/durable/index.js';
import { DurableHarness, type FakeActivity, MemoryStore, VirtualClock } from '../../src/durable/testing.js';

const unanswered = fromPromise<string, string>(() => new Promise(() => undefined));

/** Reads twice, writes, reads twice, and waits for `go`. What it reads depends on all that has happened. */
export const errandMachine = setup({
  types: {
    context: {} as { log: readonly string[] },
    events: {} as { type: 'note' } | { type: 'cancel' } | { type: 'go' },
  },
  actors: {
    first: unanswered,
    second: unanswered,
    write: unanswered,
    third: unanswered,
    fourth: unanswered,
    undo: unanswered,
  },
  actions: {
    log: assign({ log: ({ context }, { what }: { what: string }) => [...context.log, what] }),
  },
  delays: { deadline: 60_000 },
}).createMachine({
  id: 'errand',
  context: { log: [] },
  initial: 'asking',
  on: { note: { actions: { type: 'log', params: { what: 'note' } } } },
  states: {
    asking: {
      initial: 'first',
      after: { deadline: { actions: { type: 'log', params: { what: 'deadline' } } } },
      on: { cancel: 'undoing' },
      states: {
        first: {
          invoke: {
            src: 'first',
            id: 'first',
            input: ({ context }) => context.log.join(),
            onDone: { target: 'second', actions: { type: 'log', params: { what: 'first' } } },
            onError: { target: 'second', actions: { type: 'log', params: { what: 'no first' } } },
          },
        },
        second: {
          invoke: {
            src: 'second',
            id: 'second',
            input: ({ context }) => context.log.join(),
            onDone: { target: '#errand.writing', actions: { type: 'log', params: { what: 'second' } } },
            onError: { target: '#errand.writing', actions: { type: 'log', params: { what: 'no second' } } },
          },
        },
      },
    },
    writing: {
      invoke: { src: 'write', id: 'write', input: ({ context }) => context.log.join(), onDone: 'quoting' },
    },
    quoting: {
      initial: 'third',
      states: {
        third: { invoke: { src: 'third', id: 'third', input: ({ context }) => context.log.join(), onDone: 'fourth' } },
        fourth: {
          invoke: {
            src: 'fourth',
            id: 'fourth',
            input: ({ context }) => context.log.join(),
            onDone: '#errand.waiting',
          },
        },
      },
    },
    waiting: { on: { go: 'done' } },
    undoing: {
      invoke: { src: 'undo', id: 'undo', input: ({ context }) => context.log.join(), onDone: 'undone' },
    },
    done: { type: 'final' },
    undone: { type: 'final' },
  },
});

const SAFE = ['first', 'second', 'third', 'fourth'] as const;
type Partner = 'first' | 'second' | 'third' | 'fourth' | 'write' | 'undo';

/** Answers with what it was asked, so that an answer to another question shows; or fails. */
class AskedPartner {
  isShut = false;
  fails = false;
  /** How often a call was called off. */
  aborted = 0;
  private readonly waiting: (() => void)[] = [];

  readonly run: FakeActivity = async (input) => {
    currentActivity().signal.addEventListener('abort', () => (this.aborted += 1));
    if (this.isShut) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.fails) throw new Error(`No answer to ${String(input)}.`);
    return input;
  };

  /** Answers all who wait, and from now on at once. */
  open(): void {
    this.isShut = false;
    for (const answer of this.waiting.splice(0)) answer();
  }
}

export class Errands {
  readonly partners: Readonly<Record<Partner, AskedPartner>> = {
    first: new AskedPartner(),
    second: new AskedPartner(),
    third: new AskedPartner(),
    fourth: new AskedPartner(),
    write: new AskedPartner(),
    undo: new AskedPartner(),
  };
  /** Activities that are not safe and ran without a task of theirs. */
  readonly tooEarly: string[] = [];
  readonly clock: VirtualClock;
  harness!: DurableHarness<DurableHandle<typeof errandMachine>>;

  private constructor(readonly store: MemoryStore) {
    this.clock = new VirtualClock();
  }

  static async open(
    runtime: Omit<RuntimeOptions, 'store' | 'clock'> = {},
    store = new MemoryStore(),
    shut: readonly Partner[] = [],
  ): Promise<Errands> {
    const errands = new Errands(store);
    for (const partner of shut) errands.partners[partner].isShut = true;
    errands.harness = await errands.join(runtime);
    return errands;
  }

  /** Another node on the same store. */
  join(runtime: Omit<RuntimeOptions, 'store' | 'clock'> = {}) {
    const { store, clock, partners } = this;
    return DurableHarness.start({
      store,
      clock,
      runtime,
      activities: {
        first: partners.first.run,
        second: partners.second.run,
        third: partners.third.run,
        fourth: partners.fourth.run,
        write: this.watched('write'),
        undo: this.watched('undo'),
      },
      register: (node) =>
        node.register({
          machine: errandMachine,
          limits: { desk: 2 },
          activities: Object.fromEntries(SAFE.map((name) => [name, { safe: true, limit: 'desk' }])),
        }),
    });
  }

  get handle() {
    return this.harness.handles;
  }

  status(actorId: string): string | undefined {
    return this.store.actors.get(actorId)?.status;
  }

  calls(activity: Partner): number {
    return this.harness.activities.calls.filter((call) => call.activity === activity).length;
  }

  private watched(activity: 'write' | 'undo'): FakeActivity {
    return (input, call) => {
      const isWritten = [...this.store.tasks.values()].some(
        ({ actorId, taskId }) => actorId === call.actorId && taskId.startsWith(`${activity}#`),
      );
      if (!isWritten) this.tooEarly.push(activity);
      return this.partners[activity].run(input, call);
    };
  }
}
