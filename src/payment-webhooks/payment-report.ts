import type { Money } from '../orders/machine/order/order-model.js';

/** A provider's report about a payment, in the words of this service. */
export type PaymentReport = PaymentAcceptedReport | PaymentRejectedReport | PaymentNote;

interface About {
  /** As the provider says it; null when it names only the payment. */
  readonly orderId: string | null;
  readonly paymentId: string;
}

interface PaymentAcceptedReport extends About {
  readonly type: 'payment.accepted';
  readonly amount: Money;
}

/** The payment is over without money: called off, canceled or expired. */
interface PaymentRejectedReport extends About {
  readonly type: 'payment.rejected';
  /** The provider's code. */
  readonly reason: string | null;
}

/** No order acts on it. */
export type PaymentNote = PaymentRefundedReport | PaymentDeclinedReport;

/** Money was refunded, by this service or at the provider. A person may have to act. */
interface PaymentRefundedReport extends About {
  readonly type: 'payment.refunded';
  readonly amount: Money;
}

/** One try of the customer failed, such as a card that was refused. The payment stays open for another one. */
interface PaymentDeclinedReport extends About {
  readonly type: 'payment.declined';
  /** The provider's code. */
  readonly reason: string | null;
}
