/** Mutants of one promise each, made around the runtime: command sequences that do not notice them prove nothing. */
import type { ActorCommit, DurableStore, EventRecord } from '../../src/durable/index.js';
import { HOUR } from '../simulator/world-time.js';

export interface Mutant {
  /** Put between a process and the store. */
  readonly store?: (line: DurableStore) => DurableStore;
  /** Every try of a call goes out under a key of its own. */
  readonly freshKeys?: true;
}

/** The same store, with some methods of its own. */
function but(line: DurableStore, own: (line: DurableStore) => Partial<DurableStore>): DurableStore {
  const changed: Partial<Record<PropertyKey, unknown>> = own(line);
  return new Proxy(line, {
    get: (target, name): unknown => changed[name] ?? Reflect.get(target, name, target),
  });
}

const committing = (line: DurableStore, change: (commit: ActorCommit) => ActorCommit): DurableStore =>
  but(line, () => ({ commit: (batch) => line.commit(batch.map(change)) }));

/** For command sequences. */
export const COMMAND_MUTANTS = {
  'the store forgets the keys of events': {
    store: (line) => but(line, () => ({ findEvent: (): Promise<EventRecord | null> => Promise.resolve(null) })),
  },
  'timers are handed out an hour early': {
    store: (line) =>
      but(line, () => ({ claimDueTasks: (request) => line.claimDueTasks({ ...request, now: request.now + HOUR }) })),
  },
  'commits are answered before they are written': {
    store: (line) =>
      but(line, () => ({
        commit: (batch) => {
          line.commit(batch).catch(() => undefined);
          return Promise.resolve(batch.map(() => 'committed' as const));
        },
      })),
  },
  'the timers of a suspended order stay': {
    store: (line) =>
      committing(line, (commit) =>
        commit.actor.runtimeStatus === 'suspended' ? { ...commit, removeTaskIds: [] } : commit,
      ),
  },
  'a resume that should move deadlines leaves them': {
    store: (line) =>
      committing(line, (commit) => {
        const resumed = commit.history.find((row) => row.type === 'actor.resumed');
        if (resumed === undefined) return commit;
        const { movedByMs } = JSON.parse(resumed.data) as { movedByMs: number }; // written by the runtime
        return { ...commit, addTasks: commit.addTasks.map((task) => ({ ...task, dueAt: task.dueAt - movedByMs })) };
      }),
  },
  'every try of a call has a key of its own': { freshKeys: true },
} as const satisfies Readonly<Record<string, Mutant>>;

/** For deadlines. */
export const TIMER_MUTANTS = {
  'timers are handed out an hour early': COMMAND_MUTANTS['timers are handed out an hour early'].store,
  'nobody is told of due tasks': (line) =>
    but(line, () => ({ claimDueTasks: () => Promise.resolve([]), nextDueAt: () => Promise.resolve(null) })),
} as const satisfies Readonly<Record<string, (line: DurableStore) => DurableStore>>;
