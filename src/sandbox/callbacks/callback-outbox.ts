import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PaymentCallbackDto } from '../../contracts/payments-contract.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { SandboxStore } from '../store/sandbox-store.js';
import type { Tx } from '../store/sandbox-store.js';
import { CallbackRow } from './callback.entity.js';

/** Stores callbacks. A callback commits with the decision that it reports; `CallbackSender` delivers it afterwards. */
@Injectable()
export class CallbackOutbox {
  constructor(private readonly store: SandboxStore) {}

  async put(tx: Tx, url: string, type: PaymentCallbackDto['type'], data: PaymentCallbackDto['data']): Promise<void> {
    const callback: PaymentCallbackDto = { type, timestamp: new Date(tx.now).toISOString(), data };
    await tx.manager.insert(CallbackRow, {
      id: `msg_${randomUUID()}`,
      paymentId: data.paymentId,
      orderId: data.orderId,
      url,
      body: JSON.stringify(callback),
      state: 'pending',
      attempts: 0,
      nextAttemptAt: tx.now,
      lastStatus: null,
      lastError: null,
    });
  }

  /** Lists sent and pending callbacks, for tests and operators. */
  async list(orderId?: string) {
    const where = orderId === undefined ? {} : { orderId };
    const rows = await this.store.read((manager) => manager.findBy(CallbackRow, where));
    return rows.map(
      ({ id, paymentId, orderId: order, url, state, attempts, nextAttemptAt, lastStatus, lastError }) => ({
        webhookId: id,
        paymentId,
        orderId: order,
        url,
        state,
        attempts,
        nextAttemptAt: state === 'pending' ? new Date(nextAttemptAt).toISOString() : null,
        lastStatus,
        lastError,
      }),
    );
  }

  /** Sends a callback again under the same webhook id, in whatever state it is. Refusal: 404 `callback_unknown`. */
  async resend(tx: Tx, webhookId: string): Promise<{ webhookId: string }> {
    const again = { state: 'pending' as const, attempts: 0, nextAttemptAt: tx.now };
    const { affected } = await tx.manager.update(CallbackRow, { id: webhookId }, again);
    if (affected === 0) throw new PartnerRefusal(404, 'callback_unknown', `There is no callback ${webhookId}.`);
    return { webhookId };
  }
}
