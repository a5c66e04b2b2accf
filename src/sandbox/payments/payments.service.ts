/**
 * Plays the payment provider.
 *
 * A pending payment becomes captured, rejected or voided. A bank that pays late may still capture a voided payment.
 * Refunds of a captured payment never exceed its amount.
 * A decision, its ledger entry and the callback that reports it commit together.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PaymentRequestDto, RefundDto, RefundRequestDto } from '../../contracts/payments-contract.js';
import { CallbackOutbox } from '../callbacks/callback-outbox.js';
import { ownEffect } from '../idempotency/idempotency.service.js';
import type { Effect } from '../idempotency/idempotency.service.js';
import { LedgerService } from '../ledger/ledger.service.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import type { Tx } from '../store/sandbox-store.js';
import { PaymentRow } from './payment.entity.js';
import type { Payment } from './payment.entity.js';
import { PaymentSettings } from './payment-settings.js';
import { RefundRow } from './refund.entity.js';

export type Decision = 'accept' | 'decline' | 'reject';

@Injectable()
export class PaymentsService {
  constructor(
    private readonly ledger: LedgerService,
    private readonly outbox: CallbackOutbox,
    private readonly settings: PaymentSettings,
  ) {}

  /**
   * Starts a payment and returns it as pending, even when the provider decides it in the same transaction.
   * Refusals: 422 `currency_not_supported` (EUR only), 422 `callback_url_unsupported` (http and https only).
   */
  async start(effect: Effect, request: PaymentRequestDto): Promise<Payment> {
    if (request.amount.currency !== 'EUR') {
      throw new PartnerRefusal(422, 'currency_not_supported', 'Payments are in EUR.');
    }
    if (!/^https?:$/.test(new URL(request.callbackUrl).protocol)) {
      throw new PartnerRefusal(422, 'callback_url_unsupported', 'callbackUrl must be http or https.');
    }
    const row: Payment = {
      id: `pay_${randomUUID()}`,
      orderId: request.orderId,
      status: 'pending',
      amount: request.amount.amount,
      currency: request.amount.currency,
      refunded: 0,
      callbackUrl: request.callbackUrl,
      correlationId: request.correlationId,
    };
    await effect.manager.insert(PaymentRow, row);
    await this.note(effect, row, 'requested', row.amount);
    const autoPay = await this.settings.autoPay(effect, row.orderId);
    if (autoPay !== 'manual') await this.decide(ownEffect(effect), row.id, autoPay);
    return row;
  }

  /** Refusal: 404 `payment_unknown`. */
  async get({ manager }: Pick<Tx, 'manager'>, paymentId: string): Promise<Payment> {
    const row = await manager.findOneBy(PaymentRow, { id: paymentId });
    if (row !== null) return row;
    throw new PartnerRefusal(404, 'payment_unknown', `There is no payment ${paymentId}.`);
  }

  /**
   * Applies the customer's decision. A repeated decision changes nothing.
   * A declined card leaves the payment pending and sends a callback. Refusals: 409 `payment_voided`, 409 `payment_decided`.
   * @param settlesLate also captures a voided payment.
   */
  async decide(effect: Effect, paymentId: string, decision: Decision, settlesLate = false): Promise<Payment> {
    const row = await this.get(effect, paymentId);
    const money = { amount: row.amount, currency: row.currency };
    const data = { paymentId: row.id, orderId: row.orderId, amount: money };
    if (decision === 'decline') {
      if (row.status !== 'pending') throw decidedAlready(row);
      await this.outbox.put(effect, row.callbackUrl, 'payment.declined', { ...data, reason: 'card_declined' });
      return row;
    }
    const decided = decision === 'accept' ? 'captured' : 'rejected';
    if (row.status === decided || (row.status === 'refunded' && decision === 'accept')) return row;
    const paysLate = settlesLate && decision === 'accept';
    if (row.status !== 'pending' && !(row.status === 'voided' && paysLate)) throw decidedAlready(row);
    const moved = await this.move(effect, row, decided);
    if (decision === 'accept') await this.outbox.put(effect, row.callbackUrl, 'payment.accepted', data);
    else
      await this.outbox.put(effect, row.callbackUrl, 'payment.rejected', { ...data, reason: 'declined at checkout' });
    return moved;
  }

  /** Voids a pending payment. A decided payment keeps its status; the result shows which. */
  async void(effect: Effect, paymentId: string): Promise<Payment> {
    const row = await this.get(effect, paymentId);
    return row.status === 'pending' ? this.move(effect, row, 'voided') : row;
  }

  /** Refusals: 409 `payment_not_captured`; 422 `refund_exceeds_captured`, `refund_currency_differs`, `refund_of_nothing`. */
  async refund(effect: Effect, paymentId: string, request: RefundRequestDto): Promise<RefundDto> {
    const row = await this.get(effect, paymentId);
    const { amount, currency } = request.amount;
    if (row.status !== 'captured' && row.status !== 'refunded') {
      throw new PartnerRefusal(
        409,
        'payment_not_captured',
        `The payment is ${row.status}; there is nothing to give back.`,
      );
    }
    if (currency !== row.currency) {
      throw new PartnerRefusal(422, 'refund_currency_differs', `The payment was in ${row.currency}.`);
    }
    if (amount === 0) throw new PartnerRefusal(422, 'refund_of_nothing', 'A refund gives back at least one cent.');
    const refunded = row.refunded + amount;
    if (refunded > row.amount) {
      throw new PartnerRefusal(422, 'refund_exceeds_captured', `Only ${row.amount - row.refunded} cents are left.`);
    }
    const refund = { id: `rfd_${randomUUID()}`, paymentId, amount, reason: request.reason };
    await effect.manager.insert(RefundRow, refund);
    const status = refunded === row.amount ? 'refunded' : 'captured';
    await effect.manager.update(PaymentRow, { id: row.id }, { refunded, status });
    await this.note(effect, row, 'refunded', amount);
    return { refundId: refund.id, paymentId, amount: request.amount, status: 'refunded' };
  }

  private async move(effect: Effect, row: Payment, status: 'captured' | 'rejected' | 'voided'): Promise<Payment> {
    await effect.manager.update(PaymentRow, { id: row.id }, { status });
    await this.note(effect, row, status, row.amount);
    return { ...row, status };
  }

  private note(
    effect: Effect,
    row: Payment,
    kind: 'requested' | 'captured' | 'rejected' | 'voided' | 'refunded',
    amount: number,
  ): Promise<void> {
    const what = { amount, currency: row.currency };
    return this.ledger.record(effect, { ledger: 'payments', orderId: row.orderId, kind, reference: row.id, what });
  }
}

function decidedAlready({ status }: Payment): PartnerRefusal {
  return status === 'voided'
    ? new PartnerRefusal(409, 'payment_voided', 'The shop has withdrawn this payment.')
    : new PartnerRefusal(409, 'payment_decided', `The payment is ${status} already.`);
}
