import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AutoPay } from '../sandbox-options.js';

/** Says how payments are decided. `scope` is `*` for all orders, or `order:` and the id of one order. */
@Entity('payment_settings')
export class PaymentSettingRow {
  @PrimaryColumn('text')
  scope!: string;

  @Column('text', { name: 'auto_pay' })
  autoPay!: AutoPay;
}
