import type { Money } from '../orders/machine/order/order-model.js';

/** A provider's report about a payment, in the words of this service. */
export type PaymentReport = PaymentAcceptedReport | PaymentRejectedReport | PaymentNote;

interface About {
  /** The provider's text; null when it names only the payment. */
  readonly orderId: string | null;
  readonly paymentId: string;
}

interface PaymentAcceptedReport extends About {
  readonly type: 'payment.accepted';
  readonly amount: Money;
}

/** The payment ended without money: it was refused, canceled or expired. */
interface PaymentRejectedReport extends About {
  readonly type: 'payment.rejected';
  /** The provider's code. */
  readonly reason: string | null;
}

/** A report that no order acts on. */
export type PaymentNote = PaymentRefundedReport | PaymentDeclinedReport;

/** This service or a person at the provider refunded money. A person may have to act. */
interface PaymentRefundedReport extends About {
  readonly type: 'payment.refunded';
  readonly amount: Money;
}

/** One try of the customer failed, e.g. a card was declined. The payment stays open for another try. */
interface PaymentDeclinedReport extends About {
  readonly type: 'payment.declined';
  /** The provider's code. */
  readonly reason: string | null;
}
