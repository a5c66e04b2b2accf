import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** `gone`: the receiver refused the callback for good. `exhausted`: every try of the schedule failed. */
export type CallbackState = 'pending' | 'delivered' | 'gone' | 'exhausted';

/** A callback to deliver. It commits with the decision that it reports, so neither exists without the other. */
@Entity('callbacks')
@Index('callbacks_due', ['state', 'nextAttemptAt'])
export class CallbackRow {
  /** Sent as `webhook-id`, the same in every try. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'payment_id' })
  paymentId!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  url!: string;

  /** The exact bytes that are signed and sent. */
  @Column('text')
  body!: string;

  @Column('text')
  state!: CallbackState;

  @Column('integer')
  attempts!: number;

  /** Milliseconds since the epoch. */
  @Column('integer', { name: 'next_attempt_at' })
  nextAttemptAt!: number;

  @Column('integer', { name: 'last_status', nullable: true })
  lastStatus!: number | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;
}
