import type { Type, ValidationPipe } from '@nestjs/common';
import type { OrderCommand } from '../../machine/order/order-events.js';
import type { CommandReceipt, OrderService } from '../../order.service.js';
import { invalidRequest } from '../../../http/problem/request-error.js';
import { RetryBody } from '../operators/operator-requests.dto.js';
import { correctionOf } from '../operators/order-correction.dto.js';
import { PaymentDecisionBody } from './order-requests.dto.js';
import { ReasonBody } from '../../../http/params/reason.dto.js';

export type EventName = OrderCommand['type'];

export const EVENT_NAMES = [
  'payment.accepted',
  'payment.rejected',
  'order.cancel',
  'order.retry',
] as const satisfies EventName[];

/** @throws RequestError for a name the outside may not send. */
export function readEventName(name: string): EventName {
  const known = EVENT_NAMES.find((each) => each === name);
  if (known !== undefined) return known;
  const message = `name must be one of ${EVENT_NAMES.join(', ')}`;
  throw invalidRequest([{ field: 'name', rule: 'isIn', message }]);
}

/** Sends one of the events with a body that fits it. @throws RequestError and what the order service throws. */
export async function sendEvent(
  orders: OrderService,
  validation: ValidationPipe,
  event: {
    readonly id: string;
    readonly name: EventName;
    readonly body: unknown;
    readonly by: string;
    readonly key: string | undefined;
    readonly ifRevision: readonly number[] | undefined;
  },
): Promise<CommandReceipt> {
  const { id, name, body, by, key, ifRevision } = event;
  const read = <T extends object>(type: Type<T>): Promise<T> => validated(validation, type, body);
  switch (name) {
    case 'payment.accepted':
      return orders.acceptPayment(id, { ...decisionOf(await read(PaymentDecisionBody)), by }, key);
    case 'payment.rejected':
      return orders.rejectPayment(id, { ...decisionOf(await read(PaymentDecisionBody)), by }, key);
    case 'order.cancel':
      return orders.cancel(id, { by, reason: (await read(ReasonBody)).reason ?? undefined, key, ifRevision });
    case 'order.retry':
      return orders.retry(id, { by, key, ifRevision, ...retryOf(await read(RetryBody)) });
  }
}

/** A body may say null for what it does not know. */
export function decisionOf({ paymentId, amount, reason }: PaymentDecisionBody) {
  return { paymentId: paymentId ?? undefined, amount: amount ?? undefined, reason: reason ?? undefined };
}

export function retryOf({ reason, patch }: RetryBody) {
  const correction = patch === undefined || patch === null ? undefined : correctionOf(patch);
  return { reason: reason ?? undefined, correction };
}

/** @throws RequestError */
export async function validated<T extends object>(pipe: ValidationPipe, type: Type<T>, body: unknown): Promise<T> {
  const value: unknown = await pipe.transform(body, { type: 'body', metatype: type });
  if (value instanceof type) return value;
  throw invalidRequest([{ field: 'body', rule: 'isObject', message: 'body must be an object' }]);
}
