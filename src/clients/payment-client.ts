import { Inject, Injectable } from '@nestjs/common';
import {
  paymentRequestSchema,
  paymentSchema,
  refundRequestSchema,
  refundSchema,
  type PaymentDto,
} from '../contracts/payments-contract.js';
import type { Money, Payment, Refund } from '../orders/machine/order/order-model.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { PartnerError } from '../orders/ports/partner-error.js';
import { PaymentClient } from '../orders/ports/partner-ports.js';
import type { ClientsOptions } from './clients-options.js';
import { CLIENTS_OPTIONS } from './clients-token.js';
import { isSameMoney } from './money-sum.js';
import { PartnerHttp } from './transport/partner-http.js';

@Injectable()
export class HttpPaymentClient extends PaymentClient {
  constructor(
    private readonly http: PartnerHttp,
    @Inject(CLIENTS_OPTIONS) private readonly options: ClientsOptions,
  ) {
    super();
  }

  override async start(amount: Money, call: PartnerCall, callbackUrl?: string): Promise<Payment> {
    const { orderId, correlationId } = call;
    const payment = await this.http.send(
      {
        partner: 'payment',
        method: 'POST',
        path: ['payments'],
        body: {
          schema: paymentRequestSchema,
          content: () => ({
            orderId,
            amount,
            callbackUrl: callbackUrl ?? this.options.callbackUrl(),
            correlationId,
          }),
        },
        answer: paymentSchema,
        validate: (answer) =>
          isSameMoney(answer.amount, amount) ? validatePayment(answer, orderId) : 'it is about another amount',
        refusals: { otherwise: 'payment_refused' },
      },
      call,
    );
    return toPayment(payment);
  }

  override async get(paymentId: string, call: PartnerCall): Promise<Payment> {
    const payment = await this.http.send(
      {
        partner: 'payment',
        method: 'GET',
        path: ['payments', paymentId],
        answer: paymentSchema,
        validate: (answer) =>
          answer.paymentId === paymentId ? validatePayment(answer, answer.orderId) : 'it is about another payment',
        refusals: { 404: 'payment_unknown' },
      },
      call,
    );
    // The report named a payment of another order. This order must not touch it.
    if (payment.orderId !== call.orderId)
      throw new PartnerError('payment', 'payment_unknown', 'payment: it is about another order', false, 200);
    return toPayment(payment);
  }

  override async void(paymentId: string, call: PartnerCall): Promise<Payment> {
    const payment = await this.http.send(
      {
        partner: 'payment',
        method: 'POST',
        path: ['payments', paymentId, 'void'],
        answer: paymentSchema,
        validate: (answer) =>
          answer.paymentId === paymentId ? validatePayment(answer, call.orderId) : 'it is about another payment',
      },
      call,
    );
    return toPayment(payment);
  }

  override async refund(paymentId: string, amount: Money, reason: string, call: PartnerCall): Promise<Refund> {
    const { refundId } = await this.http.send(
      {
        partner: 'payment',
        method: 'POST',
        path: ['payments', paymentId, 'refunds'],
        body: { schema: refundRequestSchema, content: () => ({ amount, reason }) },
        answer: refundSchema,
        validate: (answer) =>
          answer.paymentId === paymentId && isSameMoney(answer.amount, amount) ? null : 'it is about another refund',
      },
      call,
    );
    return { refundId, amount };
  }
}

function validatePayment(payment: PaymentDto, orderId: string): string | null {
  if (payment.orderId !== orderId) return 'it is about another order';
  // Customers open this URL, and `javascript:` would be a valid URL.
  return /^https?:\/\//i.test(payment.checkoutUrl) ? null : 'its checkout page is not a web address';
}

function toPayment({ paymentId, status, amount, checkoutUrl }: PaymentDto): Payment {
  return { paymentId, status, amount, checkoutUrl };
}
