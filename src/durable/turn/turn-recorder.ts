/**
 * Records what the machine decides in a turn, through XState's public inspection: timers set and cancelled, states changed,
 * facts emitted, actors created and stopped. It records from `begin` on, because rehydration reports the same events.
 *
 * Refuses an actor with inline logic before it runs: its promise would start inside of the turn. Ends a turn that never
 * settles: XState follows eventless transitions, raised events and events between actors for as long as there are any.
 */
import type { AnyActorRef, InspectionEvent } from 'xstate';
import { type TreeNode, pathOf } from '../xstate/actor-tree.js';
import { type DurableError, NotDurableError, TurnUnboundedError } from '../model/durable-errors.js';
import { isObject } from '../json/json-object.js';

/** Steps and events of one turn, in all actors of the tree together. */
const MAX_STEPS = 10_000;

interface DelayedEvent {
  readonly owner: AnyActorRef;
  /** Call it after the turn: XState knows a child that the same step invokes only then. Undefined when there is no such actor. */
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
  /** Actors that this turn created. */
  created: AnyActorRef[] = [];
  /** Children that this turn stopped. */
  readonly stopped = new Set<unknown>();
  /** The reason why this turn must not be committed. */
  refusal: DurableError | null = null;
  /** Whether any actor of the tree took a transition. */
  moved = false;
  /** The last number in a task id or in the id of an actor. */
  lastNumber = 0;
  private steps = 0;
  private recording = false;
  /** XState never changes a state value in place: a new value is another object. */
  private readonly values = new Map<AnyActorRef, unknown>();

  /** @param before the tree before the turn, for the `from` of the first change of state. */
  begin(lastNumber: number, before: readonly TreeNode[]): void {
    this.decisions = [];
    this.facts = [];
    this.created = [];
    this.stopped.clear();
    this.refusal = null;
    this.moved = false;
    this.lastNumber = lastNumber;
    this.steps = 0;
    this.values.clear();
    for (const { ref, snapshot } of before) if ('value' in snapshot) this.values.set(ref, snapshot.value);
    this.recording = true;
  }

  readonly inspect = (inspection: InspectionEvent): void => {
    if (inspection.type === '@xstate.actor') {
      this.recordActor(inspection.actorRef as AnyActorRef); // XState passes the actor itself
      return;
    }
    if (!this.recording) return;
    switch (inspection.type) {
      case '@xstate.action':
        this.recordAction(inspection.actorRef as AnyActorRef, inspection.action); // as above
        return;
      case '@xstate.microstep':
        this.countStep();
        this.moved ||= inspection._transitions.length > 0;
        this.recordStep(inspection.actorRef as AnyActorRef, inspection.event.type, inspection.snapshot); // as above
        return;
      case '@xstate.event':
        this.countStep();
        return;
      case '@xstate.snapshot':
      case '@xstate.transition':
        return;
    }
  };

  private countStep(): void {
    this.steps += 1;
    if (this.steps <= MAX_STEPS) return;
    this.refusal ??= new TurnUnboundedError(MAX_STEPS);
    // Only an error ends XState's loop; it stops the actor, and each further step of another actor throws again.
    throw this.refusal;
  }

  private recordActor(ref: AnyActorRef): void {
    ref.on('*', (event: unknown) => {
      if (this.recording) this.facts.push({ type: 'fact.emitted', data: { path: pathOf(ref), event } });
    });
    if (ref._parent === undefined) return;
    if (this.recording) this.countStep();
    if (typeof ref.src !== 'string') {
      this.refusal ??= new NotDurableError(
        `The actor "${ref.id}" was spawned from inline logic, which no snapshot can name. ` +
          'Put the logic into setup({ actors }) and spawn it by its key.',
      );
      // XState has not started the actor yet; the error prevents it.
      throw this.refusal;
    }
    if (!this.recording) return;
    // XState counts session ids per process: after a restart another actor would get the same id.
    if (ref.id === ref.sessionId) {
      this.lastNumber += 1;
      ref.id = `x:${this.lastNumber}`;
    }
    this.created.push(ref);
  }

  private recordAction(owner: AnyActorRef, action: { type: string; params: unknown }): void {
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
            // XState sets `to` to a child that the same step invokes only after it has reported the action.
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

  private recordStep(ref: AnyActorRef, event: string, snapshot: unknown): void {
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
