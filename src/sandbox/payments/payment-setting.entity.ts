import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AutoPay } from '../sandbox-options.js';

/** How payments are decided: for all (`scope` is `*`) or for the payments of one order (`scope` is its id). */
@Entity('payment_settings')
export class PaymentSettingRow {
  @PrimaryColumn('text')
  scope!: string;

  @Column('text', { name: 'auto_pay' })
  autoPay!: AutoPay;
}
