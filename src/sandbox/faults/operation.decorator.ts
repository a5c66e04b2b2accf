import { SetMetadata } from '@nestjs/common';

/** Stable names of the partner calls that a fault plan can delay or break. */
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
/** Names a route's operation. The base latency and the fault plan apply only to named routes. */
export const Operation = (name: OperationName) => SetMetadata(OPERATION, name);
