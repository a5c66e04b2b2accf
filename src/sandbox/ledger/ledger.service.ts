import { Injectable } from '@nestjs/common';
import type { LedgerEntryDto } from '../../contracts/ledger-contract.js';
import type { MoneyDto } from '../../contracts/money-contract.js';
import type { Effect } from '../idempotency/idempotency.service.js';
import { SandboxStore } from '../store/sandbox-store.js';
import { LedgerRow } from './ledger.entity.js';
import type { LedgerName } from './ledger.entity.js';

export interface LedgerNote {
  readonly ledger: LedgerName;
  readonly orderId: string;
  readonly kind: LedgerEntryDto['kind'];
  readonly reference: string;
  /** The money that moved, or the number of pieces. */
  readonly what: MoneyDto | number;
}

/** Keeps the ledgers for auditors. Each effect writes one entry in its own transaction. */
@Injectable()
export class LedgerService {
  constructor(private readonly store: SandboxStore) {}

  async record(effect: Effect, note: LedgerNote): Promise<void> {
    const money = typeof note.what === 'number' ? null : note.what;
    await effect.manager.insert(LedgerRow, {
      ledger: note.ledger,
      orderId: note.orderId,
      kind: note.kind,
      reference: note.reference,
      amount: money?.amount ?? null,
      currency: money?.currency ?? null,
      quantity: typeof note.what === 'number' ? note.what : null,
      time: effect.now,
      idempotencyKey: effect.idempotencyKey,
      requestId: effect.requestId,
      timesAsked: 1,
    });
  }

  /** Lists entries, oldest first; only those of one order when `orderId` is given. */
  async entries(ledger: LedgerName, orderId?: string): Promise<LedgerEntryDto[]> {
    const where = orderId === undefined ? { ledger } : { ledger, orderId };
    const rows = await this.store.read((manager) => manager.find(LedgerRow, { where, order: { entryId: 'ASC' } }));
    return rows.map((row) => ({
      entryId: row.entryId,
      orderId: row.orderId,
      kind: row.kind,
      reference: row.reference,
      amount: row.amount,
      currency: row.currency,
      quantity: row.quantity,
      time: new Date(row.time).toISOString(),
      idempotencyKey: row.idempotencyKey,
      timesAsked: row.timesAsked,
    }));
  }
}
