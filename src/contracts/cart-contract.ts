import { z } from 'zod';

/** What `POST /cart/{cartId}/add` and `/remove` take: 202; add merges counts, remove lowers or drops the line. */
export const cartLineSchema = z.object({
  productId: z.string().min(1).max(100),
  count: z.number().int().min(1).max(10_000),
});
/** `GET /cart/{cartId}`; an unknown cart is 404, the all-zero GUID 400. */
export const cartSchema = z.array(cartLineSchema).max(500);
export type CartLineDto = z.infer<typeof cartLineSchema>;
export type CartDto = z.infer<typeof cartSchema>;
