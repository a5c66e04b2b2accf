/** The store in memory, with somebody who sees every commit as it is written, and a process's line to it. */
import {
  type ActorCommit,
  type ActorRecord,
  type CommitResult,
  type DurableStore,
  StoreUnavailableError,
} from '../../src/durable/index.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { silence } from '../simulator/store-link.js';

interface Watch {
  readonly onWritten: (commit: ActorCommit, before: ActorRecord | undefined) => void;
  /** A commit is about to fail. */
  readonly onFault: () => void;
}

export class WatchedStore extends MemoryStore {
  constructor(private readonly watch: Watch) {
    super();
  }

  override async commit(batch: readonly ActorCommit[]): Promise<CommitResult[]> {
    const before = batch.map((commit) => this.actors.get(commit.actor.actorId));
    if (this.faults.length > 0) this.watch.onFault();
    try {
      return await super.commit(batch);
    } finally {
      // Also when its answer is lost.
      batch.forEach((commit, index) => {
        if (this.actors.get(commit.actor.actorId) === commit.actor) this.watch.onWritten(commit, before[index]);
      });
    }
  }
}

interface Line {
  readonly isAlive: () => boolean;
  readonly isAway: () => boolean;
}

/** Whatever the store can do, for one process: in vain while the store is away, without an answer once the process is dead. */
export function connect(store: DurableStore, { isAlive, isAway }: Line): DurableStore {
  return new Proxy(store, {
    get(target, name): unknown {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        if (!isAlive()) return silence();
        if (isAway()) throw new StoreUnavailableError('The store is away.');
        const answer: unknown = await Reflect.apply(member, target, args);
        return isAlive() ? answer : silence();
      };
    },
  });
}
