/**
 * Reads off a turn what the machine decided, through XState's public inspection: timers set and cancelled, states
 * changed, facts emitted, actors made and stopped. It is attached to the hydrated actor and told when to begin, because
 * rehydration reports too.
 *
 * Stops an actor from inline logic before it runs: a promise would start inside of the turn.
 */
import type { AnyActorRef, InspectionEvent } from 'xstate';
import { type TreeNode, pathOf } from '../xstate/actor-tree.js';
import { NotDurableError } from '../model/durable-errors.js';
import { isObject } from '../json/json-object.js';

interface DelayedEvent {
  readonly owner: AnyActorRef;
  /** Undefined when XState found nobody by that name. To be asked after the turn: a child that is invoked now is not known yet. */
  readonly target: () => AnyActorRef | undefined;
  readonly sendId: string | null;
  readonly delayMs: number;
  readonly event: { readonly type: string };
}

export type Decision =
  | { readonly kind: 'timer.set'; readonly timer: DelayedEvent }
  | { readonly kind: 'timer.cancelled'; readonly owner: AnyActorRef; readonly sendId: string };

export interface Fact {
  readonly type: 'state.changed' | 'fact.emitted';
  readonly data: Readonly<Record<string, unknown>>;
}

export class TurnRecorder {
  decisions: Decision[] = [];
  facts: Fact[] = [];
  /** Actors this turn made. */
  made: AnyActorRef[] = [];
  /** Children this turn told to stop. */
  readonly stopped = new Set<unknown>();
  /** Why this turn must not be committed. */
  refusal: NotDurableError | null = null;
  /** Whether any transition was taken, by whatever actor. */
  moved = false;
  /** The last number used for a name within the actor; names given here count on. */
  lastNumber = 0;
  private recording = false;
  /** Nobody changes a state value: a new one is another object. */
  private readonly values = new Map<AnyActorRef, unknown>();

  /** @param before the tree as it stands: the first change of a state says where it came from. */
  begin(lastNumber: number, before: readonly TreeNode[]): void {
    this.decisions = [];
    this.facts = [];
    this.made = [];
    this.stopped.clear();
    this.refusal = null;
    this.moved = false;
    this.lastNumber = lastNumber;
    this.values.clear();
    for (const { ref, snapshot } of before) if ('value' in snapshot) this.values.set(ref, snapshot.value);
    this.recording = true;
  }

  readonly inspect = (inspection: InspectionEvent): void => {
    if (inspection.type === '@xstate.actor') {
      this.noteActor(inspection.actorRef as AnyActorRef); // reported by the actor itself
      return;
    }
    if (!this.recording) return;
    switch (inspection.type) {
      case '@xstate.action':
        this.noteAction(inspection.actorRef as AnyActorRef, inspection.action); // an action's actor is a running actor
        return;
      case '@xstate.microstep':
        this.moved ||= inspection._transitions.length > 0;
        this.noteStep(inspection.actorRef as AnyActorRef, inspection.event.type, inspection.snapshot); // as above
        return;
      case '@xstate.event':
      case '@xstate.snapshot':
      case '@xstate.transition':
        return;
    }
  };

  private noteActor(ref: AnyActorRef): void {
    ref.on('*', (event: unknown) => {
      if (this.recording) this.facts.push({ type: 'fact.emitted', data: { path: pathOf(ref), event } });
    });
    if (ref._parent === undefined) return;
    if (typeof ref.src !== 'string') {
      this.refusal ??= new NotDurableError(
        `The actor "${ref.id}" was spawned from inline logic, which no snapshot can name. ` +
          'Put the logic into setup({ actors }) and spawn it by its key.',
      );
      // XState has not started it yet, and does not when this is thrown.
      throw this.refusal;
    }
    if (!this.recording) return;
    // XState counts names per process: after a restart it would give this one's to another.
    if (ref.id === ref.sessionId) {
      this.lastNumber += 1;
      ref.id = `x:${this.lastNumber}`;
    }
    this.made.push(ref);
  }

  private noteAction(owner: AnyActorRef, action: { type: string; params: unknown }): void {
    const params = isObject(action.params) ? action.params : {};
    const { delay, id, event } = params;
    switch (action.type) {
      case 'xstate.raise':
      case 'xstate.sendTo':
        if (typeof delay !== 'number' || !isEvent(event)) return;
        if (!Number.isFinite(delay)) {
          this.refusal ??= new NotDurableError(
            `The delay of "${event.type}" came out as ${delay}. A delay is a number of milliseconds.`,
          );
        }
        this.decisions.push({
          kind: 'timer.set',
          timer: {
            owner,
            // XState puts a child that the same step invokes into `to` only after it has reported the action.
            target: () => (action.type === 'xstate.raise' ? owner : asActor(params['to'])),
            sendId: typeof id === 'string' ? id : null,
            delayMs: delay,
            event,
          },
        });
        return;
      case 'xstate.cancel': {
        const { sendId } = params;
        if (typeof sendId === 'string') this.decisions.push({ kind: 'timer.cancelled', owner, sendId });
        return;
      }
      case 'xstate.stopChild':
        this.stopped.add(action.params);
        return;
      default:
        return;
    }
  }

  private noteStep(ref: AnyActorRef, event: string, snapshot: unknown): void {
    if (!isObject(snapshot) || !('value' in snapshot)) return;
    const { value: to } = snapshot;
    const from = this.values.get(ref) ?? null;
    this.values.set(ref, to);
    if (from === to || JSON.stringify(from) === JSON.stringify(to)) return;
    this.facts.push({ type: 'state.changed', data: { path: pathOf(ref), event, from, to } });
  }
}

function isEvent(value: unknown): value is { readonly type: string } {
  return isObject(value) && typeof value['type'] === 'string';
}

function asActor(value: unknown): AnyActorRef | undefined {
  return isObject(value) ? (value as unknown as AnyActorRef) : undefined; // XState puts actors there, or names
}
