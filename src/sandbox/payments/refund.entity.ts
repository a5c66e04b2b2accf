import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('refunds')
export class RefundRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'payment_id' })
  paymentId!: string;

  /** Minor units of the payment's currency. */
  @Column('integer')
  amount!: number;

  @Column('text')
  reason!: string;
}
