import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { PaymentDto } from '../../contracts/payments-contract.js';
import { SANDBOX_OPTIONS } from '../sandbox-options.js';
import type { SandboxOptions } from '../sandbox-options.js';
import type { Payment } from './payment.entity.js';

/** Turns a row into the payment of the contract, with the absolute address of its checkout page. */
@Injectable()
export class CheckoutAddress {
  constructor(@Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions) {}

  paymentFor(request: Request, row: Payment): PaymentDto {
    const base = this.options.publicUrl ?? `${request.protocol}://${request.headers.host ?? this.options.host}`;
    return {
      paymentId: row.id,
      orderId: row.orderId,
      status: row.status,
      amount: { amount: row.amount, currency: row.currency },
      checkoutUrl: `${base.replace(/\/+$/, '')}/payments/${row.id}/checkout`,
    };
  }
}
