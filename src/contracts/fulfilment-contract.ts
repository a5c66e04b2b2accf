import { z } from 'zod';
import { cartLineSchema } from './cart-contract.js';
import { addressSchema } from './users-contract.js';

/** `POST /fulfilment/shipments`: 201. A refusal (address not served) is 422 and final. */
export const shipmentRequestSchema = z.object({
  orderId: z.string().min(1).max(100),
  reservationId: z.string().min(1).max(100),
  items: z.array(cartLineSchema).min(1).max(500),
  address: addressSchema,
});
export const shipmentSchema = z.object({
  shipmentId: z.string().min(1).max(100),
  trackingNumber: z.string().min(1).max(100),
});
export type ShipmentRequestDto = z.infer<typeof shipmentRequestSchema>;
export type ShipmentDto = z.infer<typeof shipmentSchema>;
