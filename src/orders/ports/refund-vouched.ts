import type { Money, Refund } from '../machine/order/order-model.js';
import type { PartnerCall } from './partner-call.js';
import { PartnerError } from './partner-error.js';
import type { PaymentClient } from './partner-ports.js';
import type { IncidentAdvice } from '../../durable/index.js';

/** Money that a person vouched for, and that the provider cannot give back. */
const CODE = 'refund_by_hand';

/** Of every machine that gives money back. */
export const REFUND_BY_HAND: Readonly<Record<typeof CODE, IncidentAdvice>> = {
  [CODE]: {
    action: 'skip',
    advice:
      'A person vouched for this money, and the provider has not captured it: give it back by hand, then skip the step with the refund.',
  },
};

export interface VouchedRefund {
  readonly paymentId: string;
  readonly amount: Money;
  readonly reason: string;
}

/** Asks the provider first: it may have captured the payment after all. @throws PartnerError `refund_by_hand` when it has not. */
export async function refundVouched(
  payments: PaymentClient,
  { paymentId, amount, reason }: VouchedRefund,
  call: PartnerCall,
): Promise<Refund> {
  if (await isCaptured(payments, paymentId, amount, call)) return payments.refund(paymentId, amount, reason, call);
  throw new PartnerError('payment', CODE, 'The provider has not captured this money; a person vouched for it.', false);
}

async function isCaptured(
  payments: PaymentClient,
  paymentId: string,
  { amount, currency }: Money,
  call: PartnerCall,
): Promise<boolean> {
  try {
    const { status, amount: captured } = await payments.get(paymentId, call);
    return status === 'captured' && captured.amount === amount && captured.currency === currency;
  } catch (error) {
    if (error instanceof PartnerError && !error.retryable) return false;
    throw error;
  }
}
