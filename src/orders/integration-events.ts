import type { ActorChange, Publication } from '../durable/index.js';
import { hasEnded, iso, runtimeWordOf, type OrderRuntimeStatus } from './views/order-views.js';

/** What the outside can subscribe to. Names and fields are a contract: fields are added, never taken away. */
export const INTEGRATION_EVENTS = {
  'order.status_changed': 'The order reached another status.',
  'order.completed': 'The order has ended, with this outcome; nothing follows.',
  'order.incident_opened': 'The order waits for a person.',
  'order.incident_resolved': 'It does not any more.',
} as const;

export type IntegrationEventType = keyof typeof INTEGRATION_EVENTS;

/** The id of the order and its status at that revision. The receiver fetches the rest. */
interface OrderPosition {
  readonly orderId: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly runtimeStatus: OrderRuntimeStatus;
  /** Of two messages about an order, the one with the higher number is the later one. */
  readonly revision: number;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly sessionId: string | null;
  readonly correlationId: string | null;
}

/** Pure: published with the revision, in its transaction. Holds no secret and nothing personal. */
export function publishOrder(change: ActorChange): readonly Publication[] {
  const { before, after, openBefore, openAfter } = change;
  const published: { readonly type: IntegrationEventType; readonly data: Readonly<Record<string, unknown>> }[] = [];
  if (before?.status !== after.status) {
    published.push({ type: 'order.status_changed', data: { previousStatus: before?.status ?? null } });
  }
  if (openBefore !== undefined && openBefore.incidentId !== openAfter?.incidentId) {
    const { incidentId, kind, status } = openBefore;
    published.push({ type: 'order.incident_resolved', data: { incident: { id: incidentId, kind, status } } });
  }
  if (openAfter !== undefined && openBefore?.incidentId !== openAfter.incidentId) {
    const { incidentId, kind, status, suggestedAction, advice } = openAfter;
    const incident = { id: incidentId, kind, status, suggestedAction, advice };
    published.push({ type: 'order.incident_opened', data: { incident } });
  }
  if (isOver(after) && (before === null || !isOver(before))) published.push({ type: 'order.completed', data: {} });
  if (published.length === 0) return published;
  const position = positionOf(after);
  return published.map(({ type, data }) => ({ type, data: { ...position, ...data } }));
}

const isOver = ({ runtimeStatus }: ActorChange['after']): boolean =>
  hasEnded({ runtimeStatus: runtimeWordOf(runtimeStatus) });

function positionOf(after: ActorChange['after']): OrderPosition {
  const { actorId, status, outcome, runtimeStatus, revision, updatedAt } = after;
  const attributes = JSON.parse(after.attributes) as Readonly<Record<string, string>>; // written by the draft
  return {
    orderId: actorId,
    status,
    outcome,
    runtimeStatus: runtimeWordOf(runtimeStatus),
    revision,
    updatedAt: iso(updatedAt),
    sessionId: attributes['sessionId'] ?? null,
    correlationId: attributes['correlationId'] ?? null,
  };
}
