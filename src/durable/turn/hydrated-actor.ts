/**
 * An actor in memory, rehydrated from its snapshot with a clock that never fires and with inert activities, and the recorder
 * that reads off what it decides.
 *
 * The next turn may use it again when it begins with the snapshot that this turn ended with. That saves the rehydration and
 * changes nothing else (the conformance suite compares both ways). After a turn that threw or was not committed the actor is
 * ahead of the store: drop it then.
 */
import { createActor, type AnyActorRef, type AnyMachineSnapshot } from 'xstate';
import { toStoredError } from '../model/stored-error.js';
import { type TreeNode, walkTree } from '../xstate/actor-tree.js';
import { SnapshotIncompatibleError } from '../model/durable-errors.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import { whileRestoring } from '../xstate/rehydration.js';
import { restoreExtras } from '../xstate/snapshot-extras.js';
import { TurnRecorder } from './turn-recorder.js';

const neverClock = { setTimeout: () => 0, clearTimeout: () => undefined };

export class HydratedActor {
  /** The snapshot of the actor's current state; null before its first turn. */
  snapshot: string | null = null;

  private constructor(
    readonly registration: RegisteredMachine,
    readonly root: AnyActorRef,
    readonly recorder: TurnRecorder,
  ) {}

  /** An actor before its first turn. */
  static create(registration: RegisteredMachine, actorId: string, input: unknown): HydratedActor {
    const recorder = new TurnRecorder();
    // The initial context may spawn actors: the recorder must see them.
    recorder.begin(0, []);
    return new HydratedActor(registration, actorOf(registration, actorId, recorder, { input }), recorder);
  }

  /** @throws SnapshotIncompatibleError when the snapshot does not fit the machine. */
  static restore(registration: RegisteredMachine, actorId: string, snapshot: string): HydratedActor {
    const recorder = new TurnRecorder();
    const stored = JSON.parse(snapshot) as AnyMachineSnapshot; // written by the turn before
    const root = actorOf(registration, actorId, recorder, { snapshot: stored });
    const restored = root.getSnapshot() as AnyMachineSnapshot; // the root is a machine
    if (stored.status !== 'error' && restored.status === 'error') {
      throw new SnapshotIncompatibleError(actorId, [toStoredError(restored.error).message]);
    }
    restoreExtras(walkTree(root), stored);
    whileRestoring(root.system, () => root.start());
    const hydrated = new HydratedActor(registration, root, recorder);
    hydrated.snapshot = snapshot;
    return hydrated;
  }

  isAt(registration: RegisteredMachine, snapshot: string | null): boolean {
    return this.registration === registration && this.snapshot !== null && this.snapshot === snapshot;
  }

  /** Prepares for a turn. @returns the tree before the turn. */
  begin(lastTask: number): readonly TreeNode[] {
    if (this.snapshot === null) return [];
    const before = walkTree(this.root);
    this.recorder.begin(lastTask, before);
    return before;
  }
}

function actorOf(
  registration: RegisteredMachine,
  id: string,
  recorder: TurnRecorder,
  from: { readonly input: unknown } | { readonly snapshot: AnyMachineSnapshot },
): AnyActorRef {
  const actor = createActor(registration.twin, { id, clock: neverClock, inspect: recorder.inspect, ...from });
  // Without an observer XState throws an actor's error asynchronously, where nothing can catch it.
  actor.subscribe({ error: () => undefined });
  return actor as AnyActorRef; // an actor of any machine
}
