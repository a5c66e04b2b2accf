import { z } from 'zod';

/**
 * What an auditor reads without our database: `GET /payments/ledger`, `/warehouse/ledger`, `/fulfilment/ledger`.
 * One entry is one EFFECT; asking again with the same idempotency key raises `timesAsked` and adds no entry.
 */
const ledgerEntrySchema = z.object({
  entryId: z.number().int(),
  orderId: z.string(),
  /** payments: captured, refunded, voided, rejected; warehouse: reserved, consumed, released, expired; fulfilment: shipped. */
  kind: z.enum([
    'requested',
    'captured',
    'rejected',
    'voided',
    'refunded',
    'reserved',
    'consumed',
    'released',
    'expired',
    'shipped',
  ]),
  /** The payment, reservation or shipment the entry belongs to. */
  reference: z.string(),
  /** Minor units; null where the entry counts goods. */
  amount: z.number().int().nullable(),
  currency: z.string().nullable(),
  /** Pieces; null where the entry counts money. */
  quantity: z.number().int().nullable(),
  time: z.iso.datetime(),
  idempotencyKey: z.string().nullable(),
  timesAsked: z.number().int().min(1),
});
export const ledgerSchema = z.array(ledgerEntrySchema);
export type LedgerEntryDto = z.infer<typeof ledgerEntrySchema>;
