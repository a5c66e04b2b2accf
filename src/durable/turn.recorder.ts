/**
 * Reads off a turn what the machine decided, through XState's public inspection: timers set and cancelled, states
 * changed, facts emitted. It is attached to the hydrated actor and told when to begin, because rehydration reports too.
 */
import type { AnyActorRef, InspectionEvent } from 'xstate';
import { pathOf } from './actor.tree.js';
import { isObject } from './json.type.js';

export interface DelayedEvent {
  readonly owner: AnyActorRef;
  readonly target: AnyActorRef;
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
  readonly decisions: Decision[] = [];
  readonly facts: Fact[] = [];
  private recording = false;
  private readonly values = new Map<AnyActorRef, string>();

  begin(): void {
    this.recording = true;
  }

  /** Notes where an actor stands before the turn, so that the first change can say where it came from. */
  standsAt(ref: AnyActorRef, value: unknown): void {
    this.values.set(ref, JSON.stringify(value));
  }

  readonly inspect = (inspection: InspectionEvent): void => {
    if (!this.recording) return;
    switch (inspection.type) {
      case '@xstate.action':
        this.noteAction(inspection.actorRef as AnyActorRef, inspection.action); // an action's actor is a running actor
        return;
      case '@xstate.microstep':
        this.noteStep(inspection.actorRef as AnyActorRef, inspection.event.type, inspection.snapshot); // as above
        return;
      case '@xstate.actor':
      case '@xstate.event':
      case '@xstate.snapshot':
      case '@xstate.transition':
        return;
    }
  };

  private noteAction(owner: AnyActorRef, action: { type: string; params: unknown }): void {
    const params = isObject(action.params) ? action.params : {};
    const { delay, id, event } = params;
    switch (action.type) {
      case 'xstate.raise':
      case 'xstate.sendTo':
        if (typeof delay !== 'number' || !isEvent(event)) return;
        this.decisions.push({
          kind: 'timer.set',
          timer: {
            owner,
            // XState has resolved the target to an actor before it reports the action.
            target: action.type === 'xstate.raise' ? owner : (params['to'] as AnyActorRef),
            sendId: typeof id === 'string' ? id : null,
            delayMs: delay,
            event,
          },
        });
        return;
      case 'xstate.cancel': {
        const sendId = isObject(action.params) ? params['sendId'] : action.params;
        if (typeof sendId === 'string') this.decisions.push({ kind: 'timer.cancelled', owner, sendId });
        return;
      }
      case 'xstate.emit':
        this.facts.push({ type: 'fact.emitted', data: { path: pathOf(owner), event } });
        return;
      default:
        return;
    }
  }

  private noteStep(ref: AnyActorRef, event: string, snapshot: unknown): void {
    if (!isObject(snapshot) || !('value' in snapshot)) return;
    const to = JSON.stringify(snapshot['value']);
    const from = this.values.get(ref);
    this.values.set(ref, to);
    if (from === to) return;
    this.facts.push({
      type: 'state.changed',
      data: {
        path: pathOf(ref),
        event,
        from: from === undefined ? null : (JSON.parse(from) as unknown),
        to: snapshot['value'],
      },
    });
  }
}

function isEvent(value: unknown): value is { readonly type: string } {
  return isObject(value) && typeof value['type'] === 'string';
}
