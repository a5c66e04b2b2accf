/**
 * The states of the order machine, and the custom status a client polls: they are the same names.
 * How an order ended is its {@link OrderOutcome}, not a status.
 */
export enum OrderStatus {
  Starting = 'Starting',
  GettingProducts = 'GettingProducts',
  GettingAddress = 'GettingAddress',
  ReservingProducts = 'ReservingProducts',
  CalculatingShipping = 'CalculatingShipping',
  CalculatingFinalPrice = 'CalculatingFinalPrice',
  AwaitingPayment = 'AwaitingPayment',
  PaymentSuccess = 'PaymentSuccess',
  PaymentFailed = 'PaymentFailed',
  SendShippingOrder = 'SendShippingOrder',
  Completed = 'Completed',
}

export const ORDER_OUTCOMES = [
  'fulfilled',
  'payment_failed',
  'payment_timed_out',
  'cancelled',
  'out_of_stock',
  'failed',
] as const;
export type OrderOutcome = (typeof ORDER_OUTCOMES)[number];
