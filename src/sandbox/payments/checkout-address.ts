import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { PaymentDto } from '../../contracts/payments-contract.js';
import { SANDBOX_OPTIONS } from '../sandbox-options.js';
import type { SandboxOptions } from '../sandbox-options.js';
import type { Payment } from './payment.entity.js';

/** A payment as it goes over the wire, with the absolute address of its hosted page. */
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
