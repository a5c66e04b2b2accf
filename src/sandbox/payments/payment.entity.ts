import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PaymentStatusDto } from '../../contracts/payments-contract.js';

@Entity('payments')
@Index('payments_order', ['orderId'])
export class PaymentRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  status!: PaymentStatusDto;

  /** Minor units. */
  @Column('integer')
  amount!: number;

  @Column('text')
  currency!: string;

  /** Minor units refunded so far; at most `amount`. */
  @Column('integer')
  refunded!: number;

  @Column('text', { name: 'callback_url' })
  callbackUrl!: string;

  @Column('text', { name: 'correlation_id' })
  correlationId!: string;
}

/** The row as plain data. */
export type Payment = Pick<PaymentRow, keyof PaymentRow>;
