import type { ActivityFailure, OrderContext } from './order-model.js';
import { OrderStatus } from './order-status.js';
import { retryDelayMs } from '../retry/retry-policy.js';

/** A state's value as xstate stores it. */
export type StoredValue = string | { readonly [child: string]: StoredValue | undefined };

/** What is read of a stored snapshot: plain JSON, nothing is rehydrated. */
export interface StoredOrder {
  readonly value: StoredValue;
  readonly context: OrderContext;
  readonly children: Readonly<Record<string, { readonly snapshot: StoredChild } | undefined>>;
}

/** A child's snapshot; activities have no value, and only machines have retries. */
interface StoredChild {
  readonly value?: StoredValue;
  readonly context?: {
    readonly step?: string | null;
    readonly failures?: number;
    readonly lastFailure?: ActivityFailure | null;
  };
}

/** The present step of a stored order. `attempt` is the running or the next one, from 1. */
export type OrderStep =
  | { readonly kind: 'activity'; readonly activity: string; readonly attempt: number }
  | {
      readonly kind: 'retry';
      readonly activity: string;
      readonly attempt: number;
      /** Milliseconds between the failure and the next try. */
      readonly delayMs: number;
      readonly failure: ActivityFailure | null;
    }
  | { readonly kind: 'payment'; readonly paymentId: string; readonly checkoutUrl: string }
  | {
      readonly kind: 'operator';
      /** The activity that failed for good, or what else happened. */
      readonly incident: string;
      readonly failure: ActivityFailure | null;
      /** What the operator may send. */
      readonly commands: readonly ('order.retry' | 'order.cancel')[];
    };

const STATUSES = new Set<string>(Object.values(OrderStatus));

/**
 * The custom status of a stored order.
 *
 * @throws Error when the value is not of the order machine.
 */
export function orderStatus(value: StoredValue): OrderStatus {
  const status = path(value)[0];
  if (!isStatus(status)) throw new Error(`Not a state of the order machine: ${JSON.stringify(value)}`);
  return status;
}

/** How the attempts of a stored order's step go; null once it is completed. `waitOf` says what it waits for. */
export function stepOf(order: StoredOrder): OrderStep | null {
  const [status, ...inside] = path(order.value);
  const { context } = order;
  const activity = context.step ?? 'getProducts';
  switch (inside.at(-1)) {
    case 'running':
      return { kind: 'activity', activity, attempt: context.failures + 1 };
    case 'backoff':
      return inBackoff(context, activity);
    case 'requesting':
      return inChild(order, 'payment', 'startPayment');
    case 'settlingLatePayment':
      return inChild(order, 'latePayment', 'lookUpPayment');
    case 'open':
      return context.payment && { kind: 'payment', ...context.payment };
    case 'disputed':
      return { kind: 'operator', incident: 'payment_mismatch', failure: null, commands: ['order.cancel'] };
    case 'stalled':
    case 'incident':
      return {
        kind: 'operator',
        incident: activity,
        failure: context.lastFailure,
        commands: isCancellable(status, inside) ? ['order.retry', 'order.cancel'] : ['order.retry'],
      };
    case undefined:
    default:
      return null;
  }
}

function inBackoff(context: OrderContext, activity: string): OrderStep {
  return {
    kind: 'retry',
    activity,
    attempt: context.failures + 1,
    delayMs: retryDelayMs(context),
    failure: context.lastFailure,
  };
}

/** A child machine works for the order. Its own snapshot shows its progress. */
function inChild(order: StoredOrder, id: string, first: string): OrderStep {
  const child = order.children[id]?.snapshot;
  const { step, failures = 0, lastFailure = null } = child?.context ?? {};
  const activity = step ?? first;
  switch (child?.value === undefined ? undefined : path(child.value).at(-1)) {
    case 'backoff':
      return inBackoff({ ...order.context, step: activity, failures, lastFailure }, activity);
    case 'incident':
      return { kind: 'operator', incident: activity, failure: lastFailure, commands: ['order.retry'] };
    case undefined:
    default:
      return { kind: 'activity', activity, attempt: failures + 1 };
  }
}

const CANCELLABLE: ReadonlySet<string | undefined> = new Set<string>([
  OrderStatus.GettingProducts,
  OrderStatus.GettingAddress,
  OrderStatus.ReservingProducts,
  OrderStatus.CalculatingShipping,
  OrderStatus.CalculatingFinalPrice,
  OrderStatus.AwaitingPayment,
]);

/** A compensation is a level deeper than its status, and is never called off. */
function isCancellable(status: string | undefined, inside: readonly string[]): boolean {
  return inside.length === 1 && CANCELLABLE.has(status);
}

/** The active states from the top down; the machines have no parallel states. */
function path(value: StoredValue): string[] {
  if (typeof value === 'string') return [value];
  const [active] = Object.entries(value);
  return active?.[1] === undefined ? [] : [active[0], ...path(active[1])];
}

function isStatus(name: string | undefined): name is OrderStatus {
  return name !== undefined && STATUSES.has(name);
}
