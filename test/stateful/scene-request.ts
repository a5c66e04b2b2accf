import type { Disposition, EventState, SendResult } from '../../src/durable/index.js';
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import type { OrderSettings, StartOrderContext } from '../../src/orders/machine/order/order-model.js';
import type { OperatorRequest } from '../simulator/operator-request.js';
import { HOUR, MINUTE, SECOND } from '../simulator/world-time.js';

export const SETTINGS: OrderSettings = {
  retry: {
    firstIntervalMs: 5 * SECOND,
    maxAttempts: 2,
    backoffCoefficient: 2,
    maxIntervalMs: MINUTE,
    overallTimeoutMs: 0,
    jitter: 0.3,
  },
  paymentTimeoutMs: 10 * MINUTE,
  incidentTimeoutMs: 2 * HOUR,
  shipPartially: false,
};

export type SceneRequest =
  | { readonly kind: 'start' }
  | { readonly kind: 'event'; readonly event: OrderCommand; readonly key: string | null }
  | { readonly kind: 'operator'; readonly request: OperatorRequest; readonly key: string | null };

export type Answer =
  | {
      readonly kind: 'answered';
      readonly disposition: Disposition;
      readonly reason: string | null;
      readonly firstState: EventState | null;
    }
  /** There is no such order. */
  | { readonly kind: 'unknown' }
  /** Nobody answered, or with "not now": the store is away, the process gone or going. */
  | { readonly kind: 'none' };

export interface Asked {
  readonly answer: Answer;
  /** Nothing but the request happened meanwhile: no fault, no crash, no time. */
  readonly alone: boolean;
}

export function answered({ disposition, reason, firstState }: SendResult): Answer {
  return { kind: 'answered', disposition, reason, firstState };
}

export function startOf(orderId: string, settings: OrderSettings): StartOrderContext {
  return { orderId, correlationId: 'correlation-1', shoppingCartId: `cart-${orderId}`, userId: 'user-1', settings };
}
