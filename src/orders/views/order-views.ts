import type { ActorView, IncidentView, Redactor } from '../../durable/index.js';
import type { ActivityFailure, Money } from '../machine/order/order-model.js';
import type { OrderLatePayment } from '../late-payments/late-payments.js';
import { stepOf, type StoredOrder } from '../machine/order/order-step.js';
import { waysOutOf, type IncidentWay } from './incident-ways.js';
import { waitOf, type OrderWait } from './order-wait.js';

/** Durable Functions' words for how the runtime sees an order. */
export type OrderRuntimeStatus = 'Running' | 'Suspended' | 'Completed' | 'Failed' | 'Terminated';

/** All times are ISO 8601. */
export interface OrderStatusView {
  readonly id: string;
  /** A name of OrderStatus. */
  readonly status: string;
  /** How the order ends: decided before what has to be undone is undone; null while it is open. */
  readonly outcome: string | null;
  readonly waitingFor: OrderWait | null;
  readonly updatedAt: string;
}

/** A line of the list. */
export interface OrderSummary extends OrderStatusView {
  readonly runtimeStatus: OrderRuntimeStatus;
  /** True while a person is needed. */
  readonly incident: boolean;
  readonly sessionId: string | null;
  readonly userId: string | null;
  readonly correlationId: string | null;
  readonly paymentId: string | null;
  readonly createdAt: string;
  readonly completedAt: string | null;
}

/** The whole picture. */
export interface OrderDetails extends OrderSummary {
  /** One more with every step the order took. */
  readonly revision: number;
  readonly machineVersion: string;
  /** Stable code of why the order did not end as fulfilled. */
  readonly reason: string | null;
  readonly attempts: {
    /** The activity the order is at. */
    readonly activity: string | null;
    /** Failed tries of it so far. */
    readonly failures: number;
    readonly lastFailure: ActivityFailure | null;
  };
  readonly payment: {
    readonly paymentId: string;
    /** Where the customer pays. */
    readonly checkoutUrl: string;
    readonly amount: Money | null;
  } | null;
  /** Payments that were reported as accepted when the order wanted none any more; what was captured is given back. */
  readonly latePayments: readonly OrderLatePayment[];
  /** The machine's context without secrets and personal data. */
  readonly context: unknown;
}

export interface OrderHistoryEntry {
  readonly seq: number;
  readonly revision: number;
  readonly at: string;
  /** Past tense, e.g. `activity.completed`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function statusOf(actor: ActorView): OrderStatusView {
  return {
    id: actor.id,
    status: actor.status,
    outcome: actor.outcome,
    waitingFor: waitOf(actor),
    updatedAt: iso(actor.updatedAt),
  };
}

export function summaryOf(actor: ActorView): OrderSummary {
  const { attributes } = actor;
  return {
    ...statusOf(actor),
    runtimeStatus: runtimeWordOf(actor.runtimeStatus),
    incident: actor.incident,
    sessionId: attributes['sessionId'] ?? null,
    userId: attributes['userId'] ?? null,
    correlationId: attributes['correlationId'] ?? null,
    paymentId: attributes['paymentId'] ?? null,
    createdAt: iso(actor.createdAt),
    completedAt: actor.completedAt === null ? null : iso(actor.completedAt),
  };
}

/** @param order the persisted snapshot of the order machine. @param redact applied to its context. */
export function detailsOf(
  actor: ActorView,
  order: StoredOrder,
  latePayments: readonly OrderLatePayment[],
  redact: Redactor,
): OrderDetails {
  const { context } = order;
  const summary = summaryOf(actor);
  const step = stepOf(order);
  const isTrying = step?.kind === 'activity' || step?.kind === 'retry';
  return {
    ...summary,
    // The head does not know which try the next one is; the snapshot does.
    waitingFor:
      summary.waitingFor?.for === 'retry' && step?.kind === 'retry'
        ? { ...summary.waitingFor, attempt: step.attempt }
        : summary.waitingFor,
    revision: actor.revision,
    machineVersion: actor.machineVersion,
    reason: context.reason,
    attempts: {
      activity: isTrying ? step.activity : context.step,
      failures: isTrying ? step.attempt - 1 : context.failures,
      lastFailure: step?.kind === 'retry' || step?.kind === 'operator' ? step.failure : context.lastFailure,
    },
    payment: context.payment && { ...context.payment, amount: context.price?.total ?? null },
    latePayments,
    context: redact(context),
  };
}

const RUNTIME_WORDS = {
  running: 'Running',
  suspended: 'Suspended',
  completed: 'Completed',
  failed: 'Failed',
  terminated: 'Terminated',
} as const satisfies Record<ActorView['runtimeStatus'], OrderRuntimeStatus>;

export const runtimeWordOf = (status: ActorView['runtimeStatus']): OrderRuntimeStatus => RUNTIME_WORDS[status];

/** For good: one whose machine failed waits for a person, who can have it go on. */
export const hasEnded = ({ runtimeStatus }: { readonly runtimeStatus: OrderRuntimeStatus }): boolean =>
  runtimeStatus === 'Completed' || runtimeStatus === 'Terminated';

export const iso = (epochMs: number): string => new Date(epochMs).toISOString();

/** What waits, or waited, for a person. Times are ISO 8601. */
export interface OrderIncident {
  readonly id: string;
  /** Of the order, or of whatever else of ours it is about. */
  readonly orderId: string;
  /** `order`, or what else it is about, e.g. `late-payment`. */
  readonly machine: string;
  readonly kind: IncidentView['kind'];
  readonly status: string;
  /** Redacted; `type` and `data` are the history entry that led to it. */
  readonly cause: IncidentView['cause'];
  readonly suggestedAction: IncidentView['suggestedAction'];
  /** What to do, in one sentence. */
  readonly advice: string;
  /** The ways out: commands of the workflow that it is about, or `resolve`. None once it is resolved. */
  readonly actions: readonly IncidentWay[];
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
  readonly reason: string | null;
}

export function incidentOf(incident: IncidentView): OrderIncident {
  const { incidentId, subjectId, kind, status, cause, suggestedAction, advice } = incident;
  const { resolution, resolvedBy, reason } = incident;
  return {
    id: incidentId,
    orderId: subjectId,
    machine: incident.machineId,
    kind,
    status,
    cause,
    suggestedAction,
    advice,
    actions: incident.resolvedAt === null ? waysOutOf(incident) : [],
    openedAt: iso(incident.openedAt),
    resolvedAt: incident.resolvedAt === null ? null : iso(incident.resolvedAt),
    resolution,
    resolvedBy,
    reason,
  };
}
