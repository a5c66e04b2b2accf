import { fromPromise } from 'xstate';
import type {
  OrderActivities,
  OrderActivityLogics,
  OrderActivityName,
} from '../../src/orders/machine/order/order-activities.js';
import type {
  ActivityFailure,
  Money,
  OrderSettings,
  Payment,
  Reservation,
  StartOrderContext,
} from '../../src/orders/machine/order/order-model.js';

export const HOUR = 3_600_000;

export const SETTINGS: OrderSettings = {
  retry: {
    firstIntervalMs: 5_000,
    maxAttempts: 3,
    backoffCoefficient: 2,
    maxIntervalMs: 60_000,
    overallTimeoutMs: 0,
    jitter: 0,
  },
  paymentTimeoutMs: 60_000,
  incidentTimeoutMs: 24 * HOUR,
  shipPartially: false,
};

export const START: StartOrderContext = {
  orderId: 'order-1',
  correlationId: 'correlation-1',
  shoppingCartId: 'cart-1',
  userId: 'user-1',
  settings: SETTINGS,
};

export const eur = (amount: number): Money => ({ amount, currency: 'EUR' });
export const TOTAL = eur(2_975);

export const reservation = (...missing: Reservation['notReserved']): Reservation => ({
  reservationId: 'reservation-1',
  reserved: [{ productId: 'pen', count: 2, name: 'Pen', unitPrice: eur(1_000) }],
  notReserved: missing,
  expiresAt: '2030-01-01T00:00:00.000Z',
});

export const payment = (status: Payment['status'], amount = TOTAL): Payment => ({
  paymentId: 'payment-1',
  status,
  amount,
  checkoutUrl: 'https://pay.example/payment-1',
});

/** What partners answer when all is well. */
export const ANSWERS: { readonly [K in OrderActivityName]: OrderActivities[K]['output'] } = {
  getProducts: [{ productId: 'pen', count: 2 }],
  getAddress: {
    id: 'user-1',
    email: 'ada@example.com',
    address: { name: 'Ada', street: 'Main 1', postalCode: '10115', city: 'Berlin', country: 'DE' },
  },
  reserveProducts: reservation(),
  findReservation: reservation(),
  releaseReservation: null,
  calculateShipping: { quoteId: 'quote-1', carrier: 'Post', amount: eur(500) },
  calculateFinalPrice: {
    goods: eur(2_000),
    shipping: eur(500),
    vat: eur(475),
    vatRateBasisPoints: 1_900,
    total: TOTAL,
  },
  startPayment: payment('pending'),
  findPayment: payment('pending'),
  voidPayment: payment('voided'),
  refundPayment: { refundId: 'refund-1', amount: TOTAL },
  lookUpPayment: payment('voided'),
  refundLatePayment: { refundId: 'refund-2', amount: TOTAL },
  consumeReservation: null,
  sendShippingOrder: { shipmentId: 'shipment-1', trackingNumber: 'track-1' },
};

export function failure(code: string, retryable: boolean, retryAfterMs?: number): ActivityFailure {
  return {
    name: 'PartnerError',
    code,
    message: code,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    startedAt: 1,
    failedAt: 1,
  };
}

type Perform = <K extends OrderActivityName>(
  activity: K,
  input: OrderActivities[K]['input'],
) => Promise<OrderActivities[K]['output']>;

/** All activities, answered by one function. */
export function activitiesOf(perform: Perform): OrderActivityLogics {
  const logic = <K extends OrderActivityName>(activity: K) =>
    fromPromise<OrderActivities[K]['output'], OrderActivities[K]['input']>(({ input }) => perform(activity, input));
  return {
    getProducts: logic('getProducts'),
    getAddress: logic('getAddress'),
    reserveProducts: logic('reserveProducts'),
    findReservation: logic('findReservation'),
    releaseReservation: logic('releaseReservation'),
    calculateShipping: logic('calculateShipping'),
    calculateFinalPrice: logic('calculateFinalPrice'),
    startPayment: logic('startPayment'),
    findPayment: logic('findPayment'),
    voidPayment: logic('voidPayment'),
    refundPayment: logic('refundPayment'),
    lookUpPayment: logic('lookUpPayment'),
    refundLatePayment: logic('refundLatePayment'),
    consumeReservation: logic('consumeReservation'),
    sendShippingOrder: logic('sendShippingOrder'),
  };
}
