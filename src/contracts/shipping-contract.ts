import { z } from 'zod';
import { cartLineSchema } from './cart-contract.js';
import { moneySchema } from './money-contract.js';
import { addressSchema } from './users-contract.js';

/** `POST /shipping/quotes`: 200. */
export const shippingQuoteRequestSchema = z.object({
  orderId: z.string().min(1).max(100),
  reservationId: z.string().min(1).max(100),
  items: z.array(cartLineSchema).min(1).max(500),
  address: addressSchema,
});
export const shippingQuoteSchema = z.object({
  quoteId: z.string().min(1).max(100),
  carrier: z.string().min(1).max(100),
  amount: moneySchema,
});
export type ShippingQuoteRequestDto = z.infer<typeof shippingQuoteRequestSchema>;
export type ShippingQuoteDto = z.infer<typeof shippingQuoteSchema>;
