import { z } from 'zod';
import type { OutputCheck } from '../../durable/index.js';
import type { OrderActivityName } from '../machine/order/order-activities.js';
import type { Money } from '../machine/order/order-model.js';

/*
 * What an operator may supply in place of an activity's answer: as strict as what is taken from a partner. A field that is
 * not known is refused, for it is a mistake and not a newer partner.
 */

const id = z.string().min(1).max(100);
const money = z.strictObject({
  amount: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
const line = z.strictObject({ productId: id, count: z.number().int().min(1).max(10_000) });
const address = z.strictObject({
  name: z.string().min(1).max(200),
  street: z.string().min(1).max(200),
  postalCode: z.string().min(1).max(20),
  city: z.string().min(1).max(100),
  country: z.string().regex(/^[A-Z]{2}$/),
});
const reservation = z.strictObject({
  reservationId: id,
  reserved: z.array(line.extend({ name: z.string().min(1).max(200), unitPrice: money })).max(500),
  notReserved: z.array(line.extend({ available: z.number().int().min(0) })).max(500),
  expiresAt: z.iso.datetime(),
});
const payment = z.strictObject({
  paymentId: id,
  status: z.enum(['pending', 'captured', 'rejected', 'voided', 'refunded']),
  amount: money,
  checkoutUrl: z.url({ protocol: /^https?$/ }).max(2_000),
});
const price = z
  .strictObject({
    goods: money,
    shipping: money,
    vat: money,
    vatRateBasisPoints: z.number().int().min(0).max(10_000),
    total: money,
  })
  .refine(({ goods, shipping, vat, total }) => isSum([goods, shipping, vat], total), {
    path: ['total'],
    message: 'must be goods, shipping and VAT in one currency',
  });
const refund = z.strictObject({ refundId: id, amount: money });
const nothing = z.null();

const OUTPUTS: Readonly<Record<OrderActivityName, z.ZodType>> = {
  getProducts: z.array(line).max(500),
  getAddress: z.strictObject({ id, email: z.email().max(320), address }),
  reserveProducts: reservation,
  findReservation: reservation,
  releaseReservation: nothing,
  calculateShipping: z.strictObject({ quoteId: id, carrier: z.string().min(1).max(100), amount: money }),
  calculateFinalPrice: price,
  startPayment: payment,
  findPayment: payment,
  voidPayment: payment,
  lookUpPayment: payment,
  refundPayment: refund,
  refundLatePayment: refund,
  consumeReservation: nothing,
  sendShippingOrder: z.strictObject({ shipmentId: id, trackingNumber: z.string().min(1).max(100) }),
};

/** @param input what the activity was asked: its payment and its amount are not for the operator to choose. */
export function outputCheckOf(activity: OrderActivityName): OutputCheck {
  return (output, input) => {
    const parsed = OUTPUTS[activity].safeParse(output);
    if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${pathOf(path)}: ${message}`);
    return ['paymentId', 'amount']
      .filter((field) => isOther(fieldOf(input, field), fieldOf(output, field)))
      .map((field) => `${pathOf([field])}: must be what was asked for, ${JSON.stringify(fieldOf(input, field))}`);
  };
}

function pathOf(path: readonly PropertyKey[]): string {
  return ['output', ...path.map(String)].join('.');
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[field] : undefined; // any object

/** Only where both have it. */
function isOther(asked: unknown, answered: unknown): boolean {
  if (asked === undefined || answered === undefined) return false;
  if (typeof asked !== 'object' || typeof answered !== 'object') return asked !== answered;
  return (
    fieldOf(asked, 'amount') !== fieldOf(answered, 'amount') ||
    fieldOf(asked, 'currency') !== fieldOf(answered, 'currency')
  );
}

function isSum(parts: readonly Money[], total: Money): boolean {
  return (
    parts.every(({ currency }) => currency === total.currency) &&
    parts.reduce((sum, { amount }) => sum + amount, 0) === total.amount
  );
}
