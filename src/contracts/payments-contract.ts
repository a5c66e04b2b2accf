import { z } from 'zod';
import { moneySchema } from './money-contract.js';

/** `POST /payments`: 202. The provider shows `checkoutUrl` to the customer and later calls `callbackUrl`. */
export const paymentRequestSchema = z.object({
  orderId: z.string().min(1).max(100),
  amount: moneySchema,
  callbackUrl: z.url().max(2_000),
  correlationId: z.string().min(1).max(100),
});
const paymentStatusSchema = z.enum(['pending', 'captured', 'rejected', 'voided', 'refunded']);
/** `GET /payments/{id}`, and the answer of start and `POST /payments/{id}/void`. */
export const paymentSchema = z.object({
  paymentId: z.string().min(1).max(100),
  orderId: z.string().min(1).max(100),
  status: paymentStatusSchema,
  amount: moneySchema,
  checkoutUrl: z.url().max(2_000),
});
/**
 * `POST /payments/{id}/checkout`: what the buttons of the hosted page send. 409 once decided otherwise. `decline`: the card
 * is refused, and the customer may try another one. `reject`: the customer calls the payment off. `settlesLate`: the
 * customer had agreed before the shop withdrew the payment, and their bank pays only now (debits, transfers).
 */
export const checkoutDecisionSchema = z.object({
  decision: z.enum(['accept', 'decline', 'reject']),
  settlesLate: z.boolean().optional(),
});
export type CheckoutDecisionDto = z.infer<typeof checkoutDecisionSchema>;
/** `POST /payments/{id}/refunds`: 201; at most the captured amount in total. */
export const refundRequestSchema = z.object({ amount: moneySchema, reason: z.string().min(1).max(200) });
export const refundSchema = z.object({
  refundId: z.string().min(1).max(100),
  paymentId: z.string().min(1).max(100),
  amount: moneySchema,
  status: z.literal('refunded'),
});
/** Body of the signed callback (Standard Webhooks headers `webhook-id`, `webhook-timestamp`, `webhook-signature`). */
export const paymentCallbackSchema = z.object({
  type: z.enum(['payment.accepted', 'payment.declined', 'payment.rejected', 'payment.canceled', 'payment.expired']),
  timestamp: z.iso.datetime(),
  data: z.object({
    paymentId: z.string().min(1).max(100),
    orderId: z.string().min(1).max(100),
    amount: moneySchema,
    reason: z.string().max(200).optional(),
  }),
});
export type PaymentRequestDto = z.infer<typeof paymentRequestSchema>;
export type PaymentDto = z.infer<typeof paymentSchema>;
export type PaymentStatusDto = z.infer<typeof paymentStatusSchema>;
export type RefundRequestDto = z.infer<typeof refundRequestSchema>;
export type RefundDto = z.infer<typeof refundSchema>;
export type PaymentCallbackDto = z.infer<typeof paymentCallbackSchema>;
