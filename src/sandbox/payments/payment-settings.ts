import { Inject, Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { z } from 'zod';
import { SANDBOX_OPTIONS } from '../sandbox-options.js';
import type { AutoPay, SandboxOptions } from '../sandbox-options.js';
import type { Tx } from '../store/sandbox-store.js';
import { PaymentSettingRow } from './payment-setting.entity.js';

/** Body of `PUT /payments/settings`. `orderId` limits the setting to one order. `autoPay: null` deletes the setting. */
export const paymentSettingSchema = z.object({
  autoPay: z.enum(['manual', 'accept', 'reject']).nullable(),
  orderId: z.string().min(1).max(100).optional(),
});
export type PaymentSetting = z.infer<typeof paymentSettingSchema>;

const EVERY_ORDER = '*';

@Injectable()
export class PaymentSettings {
  constructor(@Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions) {}

  /** Returns the order's own setting, else the setting for all orders, else the configured one. */
  async autoPay({ manager }: Pick<Tx, 'manager'>, orderId?: string): Promise<AutoPay> {
    const rows = await manager.findBy(PaymentSettingRow, { scope: In([EVERY_ORDER, scopeOf(orderId)]) });
    const own = rows.find(({ scope }) => scope === scopeOf(orderId)) ?? rows[0];
    return own?.autoPay ?? this.options.autoPay ?? 'manual';
  }

  async put({ manager }: Tx, setting: PaymentSetting): Promise<void> {
    const scope = scopeOf(setting.orderId);
    if (setting.autoPay === null) await manager.delete(PaymentSettingRow, { scope });
    else await manager.upsert(PaymentSettingRow, { scope, autoPay: setting.autoPay }, ['scope']);
  }
}

const scopeOf = (orderId?: string) => (orderId === undefined ? EVERY_ORDER : `order:${orderId}`);
