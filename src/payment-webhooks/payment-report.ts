import type { Money } from '../orders/machine/order/order-model.js';

/** What a provider says of an order's payment, whatever its own words were. */
export type PaymentReport = PaymentAcceptedReport | PaymentRejectedReport | PaymentRefundedReport;

interface About {
  /** As the provider says it. */
  readonly orderId: string;
  readonly paymentId: string;
}

interface PaymentAcceptedReport extends About {
  readonly type: 'payment.accepted';
  readonly amount: Money;
}

interface PaymentRejectedReport extends About {
  readonly type: 'payment.rejected';
  /** The provider's code. */
  readonly reason: string | null;
}

/** Money went back: by our own doing, or by somebody's at the provider. No order acts on it; a person may have to. */
interface PaymentRefundedReport extends About {
  readonly type: 'payment.refunded';
  readonly amount: Money;
}
