import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { LedgerEntryDto } from '../../contracts/ledger-contract.js';

export type LedgerName = 'payments' | 'warehouse' | 'fulfilment';

/** One row is one effect. */
@Entity('ledger')
@Index('ledger_order', ['ledger', 'orderId'])
@Index('ledger_request', ['requestId'])
export class LedgerRow {
  @PrimaryGeneratedColumn({ name: 'entry_id' })
  entryId!: number;

  @Column('text')
  ledger!: LedgerName;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  kind!: LedgerEntryDto['kind'];

  @Column('text')
  reference!: string;

  /** Minor units; null when the effect moved goods. */
  @Column('integer', { nullable: true })
  amount!: number | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  /** Pieces; null when the effect moved money. */
  @Column('integer', { nullable: true })
  quantity!: number | null;

  /** Milliseconds since the epoch. */
  @Column('integer')
  time!: number;

  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey!: string | null;

  /** Id of the stored response. Each repetition of that request raises `timesAsked`. Null when the caller sent no key. */
  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('integer', { name: 'times_asked' })
  timesAsked!: number;
}
