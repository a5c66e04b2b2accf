import { z } from 'zod';
import { cartLineSchema } from './cart-contract.js';
import { moneySchema } from './money-contract.js';

/** `POST /warehouse/reservations`: 201. `holdMs` asks how long the goods are to be kept for this order. */
export const reservationRequestSchema = z.object({
  orderId: z.string().min(1).max(100),
  items: z.array(cartLineSchema).min(1).max(500),
  holdMs: z
    .number()
    .int()
    .min(1_000)
    .max(410 * 86_400_000),
});
const reservedItemSchema = cartLineSchema.extend({ name: z.string().min(1).max(200), unitPrice: moneySchema });
const notReservedItemSchema = cartLineSchema.extend({ available: z.number().int().min(0) });
export const reservationSchema = z.object({
  reservationId: z.string().min(1).max(100),
  reserved: z.array(reservedItemSchema).max(500),
  notReserved: z.array(notReservedItemSchema).max(500),
  expiresAt: z.iso.datetime(),
});
/**
 * `POST /warehouse/reservations/{id}/consume` and `/release`: 200 with the state after the call; both idempotent.
 * Consuming a reservation that expired or was released is 409; releasing a consumed one puts the goods back on stock.
 */
export const reservationStateSchema = z.object({
  reservationId: z.string().min(1).max(100),
  state: z.enum(['held', 'consumed', 'released', 'expired']),
});
/** `GET /warehouse/products`. */
export const productSchema = z.object({
  productId: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  unitPrice: moneySchema,
  available: z.number().int().min(0),
});
export type ReservationRequestDto = z.infer<typeof reservationRequestSchema>;
export type ReservationDto = z.infer<typeof reservationSchema>;
export type ReservationStateDto = z.infer<typeof reservationStateSchema>;
export type ProductDto = z.infer<typeof productSchema>;
