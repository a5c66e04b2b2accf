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
interface Stand {
  readonly orderId: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly runtimeStatus: OrderRuntimeStatus;
  /** Of two announcements of an order, the higher one is the later one. */
  readonly revision: number;
  /** ISO 8601. */
  readonly updatedAt: string;
  readonly sessionId: string | null;
  readonly correlationId: string | null;
}

/** Pure: told with the revision, in its transaction. Holds no secret and nothing personal. */
export function publishOrder(change: ActorChange): readonly Publication[] {
  const { before, after, openBefore, openAfter } = change;
  const told: { readonly type: IntegrationEventType; readonly data: Readonly<Record<string, unknown>> }[] = [];
  if (before?.status !== after.status) {
    told.push({ type: 'order.status_changed', data: { previousStatus: before?.status ?? null } });
  }
  if (openBefore !== undefined && openBefore.incidentId !== openAfter?.incidentId) {
    const { incidentId, kind, status } = openBefore;
    told.push({ type: 'order.incident_resolved', data: { incident: { id: incidentId, kind, status } } });
  }
  if (openAfter !== undefined && openBefore?.incidentId !== openAfter.incidentId) {
    const { incidentId, kind, status, suggestedAction, advice } = openAfter;
    const incident = { id: incidentId, kind, status, suggestedAction, advice };
    told.push({ type: 'order.incident_opened', data: { incident } });
  }
  if (isOver(after) && (before === null || !isOver(before))) told.push({ type: 'order.completed', data: {} });
  if (told.length === 0) return told;
  const stand = standOf(after);
  return told.map(({ type, data }) => ({ type, data: { ...stand, ...data } }));
}

const isOver = ({ runtimeStatus }: ActorChange['after']): boolean =>
  hasEnded({ runtimeStatus: runtimeWordOf(runtimeStatus) });

function standOf(after: ActorChange['after']): Stand {
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
