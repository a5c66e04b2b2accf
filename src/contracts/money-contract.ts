import { z } from 'zod';

/** Money on the wire: `amount` in integer minor units (cents), `currency` as ISO 4217 code. */
export const moneySchema = z.object({
  amount: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type MoneyDto = z.infer<typeof moneySchema>;
