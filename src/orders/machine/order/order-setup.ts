import { assign, sendTo, setup } from 'xstate';
import { PAYMENT_STILL_PENDING } from '../retry/activity-failure.js';
import {
  needsLookup,
  openLatePayments,
  reportedId,
  withReport,
  withSettled,
} from '../late-payment/late-payment-list.js';
import { latePaymentMachine, type RetryLatePayment } from '../late-payment/late-payment-machine.js';
import { unprovided } from './order-activities.js';
import { required } from './order-context.js';
import type { OrderCommand, OrderEvent, PaymentAccepted, PaymentRequested, PaymentStalled } from './order-events.js';
import type {
  ActivityFailure,
  CartLine,
  Customer,
  LatePayment,
  Money,
  OrderContext,
  Payment,
  Price,
  Refund,
  Reservation,
  Shipment,
  ShippingQuote,
  StartOrderContext,
} from './order-model.js';
import type { OrderOutcome, OrderStatus } from './order-status.js';
import { PAYMENT_REJECTED, paymentMachine } from '../payment/payment-machine.js';
import { mayRetryAfter, NO_FAILURES, withFailure } from '../retry/retry-policy.js';
import { retrySetup } from '../retry/retry-setup.js';

/** How the order ended. */
export interface OrderOutput {
  readonly outcome: OrderOutcome;
  /** Stable code; null when fulfilled. */
  readonly reason: string | null;
}

/** The parts of the context that an activity's answer fills in. */
interface StepResult {
  readonly items?: readonly CartLine[];
  readonly customer?: Customer;
  readonly reservation?: Reservation;
  readonly shipping?: ShippingQuote;
  readonly price?: Price;
  readonly payment?: { readonly paymentId: string; readonly checkoutUrl: string };
  readonly captured?: Money;
  readonly refund?: Refund;
  readonly shipment?: Shipment;
}

const retries = retrySetup<OrderContext, OrderEvent>((context) => context);

/** The words the order's chart is written in. Pure: no clock, no randomness, no ids, no I/O. */
export const orderSetup = setup({
  types: {
    // Type carriers only: xstate reads their types, never their values.
    context: {} as OrderContext,
    events: {} as OrderEvent,
    input: {} as StartOrderContext,
    output: {} as OrderOutput,
    tags: {} as 'running' | 'backoff' | 'incident' | 'awaiting-payment' | 'compensating',
  },
  actors: {
    payment: paymentMachine,
    latePayment: latePaymentMachine,
    getProducts: unprovided('getProducts'),
    getAddress: unprovided('getAddress'),
    reserveProducts: unprovided('reserveProducts'),
    findReservation: unprovided('findReservation'),
    releaseReservation: unprovided('releaseReservation'),
    calculateShipping: unprovided('calculateShipping'),
    calculateFinalPrice: unprovided('calculateFinalPrice'),
    findPayment: unprovided('findPayment'),
    voidPayment: unprovided('voidPayment'),
    refundPayment: unprovided('refundPayment'),
    consumeReservation: unprovided('consumeReservation'),
    sendShippingOrder: unprovided('sendShippingOrder'),
  },
  guards: {
    ...retries.guards,
    isEmpty: (_, params: { items: readonly CartLine[] }) => params.items.length === 0,
    isReserved: ({ context }, params: { reservation: Reservation }) =>
      params.reservation.reserved.length > 0 &&
      (params.reservation.notReserved.length === 0 || context.settings.shipPartially),
    mayHaveShipped: ({ context }, params: { failure: ActivityFailure }) =>
      !params.failure.retryable && context.shipTo.length > 1,
    isNothingReserved: (_, params: { reservation: Reservation }) => params.reservation.reserved.length === 0,
    isResult: (_, params: { result: string; expected: string }) => params.result === params.expected,
    isResultWithoutPayment: (_, params: { result: string; paymentId: string | null }) =>
      params.result === 'failed' && params.paymentId === null,
    isCaptured: (_, params: { payment: Payment }) => params.payment.status === 'captured',
    isUnresolved: ({ context }) => context.askedFor.length > 0,
    isOtherPayment: ({ context }, params: { paymentId: string | undefined }) => isOther(context, params.paymentId),
    isOtherAndNews: ({ context }, params: { paymentId: string | undefined }) =>
      isOther(context, params.paymentId) && needsLookup(context, reportedId(context, params.paymentId)),
    isWhatWasAskedFor: ({ context }, params: { paymentId: string | undefined; amount: Money | undefined }) =>
      params.paymentId === context.payment?.paymentId && isPrice(context, params.amount),
    isVouched: ({ context }, { by, paymentId, amount }: Omit<PaymentAccepted, 'type'>) =>
      by !== undefined && !isOther(context, paymentId) && (amount === undefined || isPrice(context, amount)),
    isCapturedInFull: ({ context }, params: { payment: Payment }) =>
      params.payment.status === 'captured' && isPrice(context, params.payment.amount),
    isCapturedAfterRejection: ({ context }, params: { payment: Payment }) =>
      context.reason === PAYMENT_REJECTED &&
      params.payment.status === 'captured' &&
      isPrice(context, params.payment.amount),
    isNews: ({ context }, params: { paymentId: string | undefined }) =>
      needsLookup(context, reportedId(context, params.paymentId)),
    hasLatePayment: ({ context }) => openLatePayments(context).length > 0,
    hasAnotherLatePayment: ({ context }) => openLatePayments(context).length > 1,
    isPending: (_, params: { payment: Payment }) => params.payment.status === 'pending',
    isPendingAndMayRetry: ({ context }, params: { payment: Payment }) =>
      params.payment.status === 'pending' && mayRetryAfter(context, PAYMENT_STILL_PENDING),
  },
  actions: {
    ...retries.actions,
    recordStillPending: assign(({ context }) => withFailure(context, PAYMENT_STILL_PENDING)),
    recordStalled: assign((_, params: { stalled: PaymentStalled }) => ({
      failures: params.stalled.failures,
      lastFailure: params.stalled.failure,
    })),
    recordResult: assign((_, params: StepResult) => params),
    /** Before the warehouse is asked: its answer may be lost. A request that was not changed is the same one. */
    recordRequest: assign(({ context }) => {
      const items = required(context.items, 'items');
      const isSame = JSON.stringify(context.askedFor.at(-1)) === JSON.stringify(items);
      return { askedFor: isSame ? context.askedFor : [...context.askedFor, items] };
    }),
    /** Before fulfilment is asked: its answer may be lost, and the address corrected then. */
    recordShipmentRequest: assign(({ context }) => {
      const { address } = required(context.customer, 'customer');
      const isSame = JSON.stringify(context.shipTo.at(-1)) === JSON.stringify(address);
      return { shipTo: isSame ? context.shipTo : [...context.shipTo, address] };
    }),
    /** The last request is refused: nothing goes there. */
    recordShipmentRefused: assign(({ context }) => ({ shipTo: context.shipTo.slice(0, -1) })),
    /** The last request is answered: executed, and then known, or refused. */
    recordAnswered: assign(({ context }) => ({ askedFor: context.askedFor.slice(0, -1) })),
    recordRequested: assign((_, params: { requested: PaymentRequested }) => ({
      ...NO_FAILURES,
      payment: { paymentId: params.requested.paymentId, checkoutUrl: params.requested.checkoutUrl },
    })),
    /** How the order will end is settled before what has to be undone is undone. */
    decide: assign((_, params: { outcome: OrderOutcome; reason: string | null }) => params),
    decideRefused: assign((_, params: { failure: ActivityFailure }) => ({
      outcome: 'failed' as const,
      reason: params.failure.code,
    })),
    decideGivenUp: assign(({ context }) => ({
      outcome: 'failed' as const,
      reason: context.lastFailure?.code ?? 'given_up',
    })),
    /** The order does not want this payment: it will be looked up before the order ends. */
    recordLatePayment: assign(({ context }, params: { paymentId: string | undefined }) => ({
      latePayments: withReport(context, required(reportedId(context, params.paymentId), 'payment')),
    })),
    /** The report changes nothing. It is taken all the same, so that the history says that it came. */
    recordOnly: () => undefined,
    /** The order's own payment is captured in full; a report of it needs no lookup any more. */
    takeCaptured: assign(({ context }) => ({
      captured: required(context.price, 'price').total,
      latePayments: context.latePayments.filter(
        ({ found, paymentId }) => found !== null || paymentId !== context.payment?.paymentId,
      ),
    })),
    recordVouched: assign((_, params: Pick<PaymentAccepted, 'by'>) => ({ vouchedBy: params.by ?? null })),
    recordProof: assign({ vouchedBy: null }),
    takeBackDecision: assign({ outcome: null, reason: null }),
    settleLatePayment: assign(({ context }, params: { settled: LatePayment }) => ({
      latePayments: withSettled(context, params.settled),
    })),
    retryLatePayment: sendTo('latePayment', (_, params: { reason: string | undefined }): RetryLatePayment => ({
      type: 'late-payment.retry',
      reason: params.reason,
    })),
    forwardToPayment: sendTo('payment', (_, params: { command: OrderCommand }) => params.command),
  },
  delays: retries.delays,
});

const isOther = ({ payment }: OrderContext, paymentId: string | undefined): boolean =>
  paymentId !== undefined && paymentId !== payment?.paymentId;

const isPrice = ({ price }: OrderContext, amount: Money | undefined): boolean =>
  amount?.amount === price?.total.amount && amount?.currency === price?.total.currency;

/** Marks which activity the state runs, and forgets the failures of the one before. */
export const enterStep = (step: string) => ({ type: 'enterStep', params: { step } }) as const;

export const decide = (outcome: OrderOutcome, reason: string | null) =>
  ({ type: 'decide', params: { outcome, reason } }) as const;

/** Absolute target, for use at any depth: `at(OrderStatus.PaymentFailed, 'voiding')`. */
export const stateId = (status: OrderStatus, child?: string) =>
  child === undefined ? `#order.${status}` : `#order.${status}.${child}`;

export const cancelled = decide('cancelled', 'cancelled');
