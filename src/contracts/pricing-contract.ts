import { z } from 'zod';
import { cartLineSchema } from './cart-contract.js';
import { moneySchema } from './money-contract.js';

/** `POST /pricing/quotes`: 200. VAT is that of the destination country; `vatRateBasisPoints` 1900 means 19 %. */
export const priceRequestSchema = z.object({
  orderId: z.string().min(1).max(100),
  items: z
    .array(cartLineSchema.extend({ unitPrice: moneySchema }))
    .min(1)
    .max(500),
  shipping: moneySchema,
  country: z.string().regex(/^[A-Z]{2}$/),
});
export const priceSchema = z.object({
  goods: moneySchema,
  shipping: moneySchema,
  vat: moneySchema,
  vatRateBasisPoints: z.number().int().min(0).max(10_000),
  total: moneySchema,
});
export type PriceRequestDto = z.infer<typeof priceRequestSchema>;
export type PriceDto = z.infer<typeof priceSchema>;
