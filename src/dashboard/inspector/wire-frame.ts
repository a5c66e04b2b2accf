/**
 * Writes the messages of Stately's inspector as `@statelyai/inspect` does (createInspector.ts, convertXStateEvent): JSON
 * text frames of three shapes. Only session ids differ. There they are new in each process. Here they are the order's id
 * and the actor's path.
 */
import type { AnyActorRef, AnyStateMachine, InspectionEvent } from 'xstate';
import { StateMachine } from 'xstate';
import { type ActivitySettled, SETTLED, pathOf } from '../../durable/inspect.js';
import { machineJson } from '../machines/machine-json.js';

/** Version of `@statelyai/inspect` that writes such messages. Viewers check it. */
export const WIRE_VERSION = '0.7.2';

interface FrameHead {
  readonly _version: string;
  /** Epoch milliseconds as text. */
  readonly createdAt: string;
  readonly id: null;
  readonly sessionId: string;
  readonly rootId: string;
}

export type Frame = FrameHead &
  (
    | {
        readonly type: '@xstate.actor';
        readonly name: string;
        readonly parentId?: string;
        /** JSON text. */
        readonly definition: string;
        readonly snapshot: unknown;
      }
    | { readonly type: '@xstate.event'; readonly event: unknown; readonly sourceId?: string }
    | { readonly type: '@xstate.snapshot'; readonly event: unknown; readonly snapshot: unknown }
  );

/** Makes `6a1f…` for the order and `6a1f…/payment` for its child. */
function sessionIdOf(orderId: string, path: string): string {
  return path === '' ? orderId : `${orderId}/${path}`;
}

export function headOf(orderId: string, path: string, at: string): FrameHead {
  return {
    _version: WIRE_VERSION,
    createdAt: String(Date.parse(at)),
    id: null,
    sessionId: sessionIdOf(orderId, path),
    rootId: orderId,
  };
}

/** Makes a message of an inspection event; null: the inspector does not read such events. */
export function frameOf(orderId: string, at: string, inspection: InspectionEvent): Frame | null {
  const ref = inspection.actorRef as AnyActorRef; // reported by an actor
  const head = headOf(orderId, pathOf(ref), at);
  switch (inspection.type) {
    case '@xstate.actor': {
      const parent = ref._parent;
      return {
        type: '@xstate.actor',
        ...head,
        name: parent === undefined ? (machineOf(ref)?.id ?? ref.id) : ref.id,
        ...(parent === undefined ? {} : { parentId: sessionIdOf(orderId, pathOf(parent)) }),
        definition: JSON.stringify(definitionOf(ref)),
        snapshot: plainSnapshot(ref.getSnapshot()),
      };
    }
    case '@xstate.event': {
      const { sourceRef } = inspection;
      const event = plainEvent(inspection.event);
      // The actor itself is the source of its promises' and its clock's events.
      const isOwn = event !== inspection.event || inspection.event.type.startsWith('xstate.after.');
      const sourceId = isOwn ? head.sessionId : sourceRef && sessionIdOf(orderId, pathOf(sourceRef as AnyActorRef)); // sent by an actor
      return { type: '@xstate.event', ...head, event, ...(sourceId === undefined ? {} : { sourceId }) };
    }
    case '@xstate.snapshot':
      return {
        type: '@xstate.snapshot',
        ...head,
        event: plainEvent(inspection.event),
        snapshot: plainSnapshot(inspection.snapshot),
      };
    case '@xstate.action':
    case '@xstate.microstep':
    case '@xstate.transition':
      return null;
  }
}

function machineOf(ref: AnyActorRef): AnyStateMachine | undefined {
  const logic: unknown = 'logic' in ref ? ref.logic : undefined;
  return logic instanceof StateMachine ? (logic as AnyStateMachine) : undefined;
}

function definitionOf(ref: AnyActorRef): unknown {
  const machine = machineOf(ref);
  return machine === undefined ? { id: ref.id } : machineJson(machine);
}

/** Replaces the runtime's event that settles an activity by the event that a promise sends. */
function plainEvent(event: { readonly type: string }): unknown {
  if (event.type !== SETTLED) return event;
  const { result } = event as ActivitySettled; // by its type
  return result.ok
    ? { type: 'xstate.promise.resolve', data: result.output }
    : { type: 'xstate.promise.reject', data: result.error };
}

/** Returns the snapshot as plain JSON, without the fields of the runtime. */
export function plainSnapshot(snapshot: unknown): unknown {
  // A new actor has no snapshot yet.
  const json = JSON.parse(JSON.stringify(snapshot ?? { status: 'active' })) as Record<string, unknown>; // it is an object
  delete json['taskId'];
  return json;
}
