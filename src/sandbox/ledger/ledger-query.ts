import { z } from 'zod';

/** `?orderId=` of the ledger pages. */
export const ledgerQuerySchema = z.object({ orderId: z.string().min(1).max(100).optional() });
export type LedgerQuery = z.infer<typeof ledgerQuerySchema>;
