import { z } from 'zod';

/** Query of the ledger routes: `?orderId=` selects one order. */
export const ledgerQuerySchema = z.object({ orderId: z.string().min(1).max(100).optional() });
export type LedgerQuery = z.infer<typeof ledgerQuerySchema>;
