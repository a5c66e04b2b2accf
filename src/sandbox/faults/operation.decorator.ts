import { SetMetadata } from '@nestjs/common';

/** The partner calls that can be slowed down or broken, by their stable names. */
export const OPERATIONS = [
  'cart.get',
  'cart.add',
  'cart.remove',
  'users.get',
  'warehouse.products',
  'warehouse.reserve',
  'warehouse.get',
  'warehouse.consume',
  'warehouse.release',
  'shipping.quote',
  'pricing.quote',
  'payments.start',
  'payments.get',
  'payments.checkout',
  'payments.void',
  'payments.refund',
  'fulfilment.ship',
] as const;
export type OperationName = (typeof OPERATIONS)[number];

export const OPERATION = 'sandbox:operation';
/** Names the call, and so opens it to base latency and fault plans. */
export const Operation = (name: OperationName) => SetMetadata(OPERATION, name);
