import type { WaitingFor } from '../../durable/index.js';
import { waitOf } from './order-wait.js';

const DUE = Date.UTC(2030, 0, 2, 3, 4, 5);
const until = '2030-01-02T03:04:05.000Z';
const timer = (name: string): WaitingFor => ({ kind: 'timer', name, dueAt: DUE });
const activity = (name: string, attempt: number): WaitingFor => ({ kind: 'activity', name, attempt, since: 0 });
const wait = (waitingFor: readonly WaitingFor[], incident = false) =>
  waitOf({ waitingFor, incident, runtimeStatus: 'running' });

describe('what an order waits for', () => {
  it('is nothing once it has ended, in an incident or not', () => {
    for (const runtimeStatus of ['completed', 'terminated'] as const) {
      expect(waitOf({ waitingFor: [], incident: false, runtimeStatus })).toBeNull();
      expect(waitOf({ waitingFor: [], incident: true, runtimeStatus })).toBeNull();
    }
  });

  it.each([
    ['suspended', 'suspended'],
    ['failed', 'machine_failed'],
  ] as const)('is a person, without a deadline, while it is %s', (runtimeStatus, name) => {
    const payment = timer('xstate.after.paymentTimeout.payment.waiting');
    expect(waitOf({ waitingFor: [payment], incident: true, runtimeStatus })).toEqual({ for: 'operator', name });
  });

  it('is the running activity by its own name, and which try it is', () => {
    expect(wait([activity('reserveProducts', 2)])).toEqual({ for: 'activity', name: 'reserveProducts', attempt: 2 });
    expect(wait([activity('payment/startPayment', 1)])).toMatchObject({ for: 'activity', name: 'startPayment' });
  });

  it.each([
    ['order.GettingProducts.backoff', 'getProducts'],
    ['order.PaymentFailed.voiding.backoff', 'voidPayment'],
    ['order.CalculatingShipping.releasing.backoff', 'releaseReservation'],
    ['order.SendShippingOrder.backoff', 'sendShippingOrder'],
    ['payment.requesting.backoff', 'startPayment'],
  ])('is the next try of the activity that failed in %s', (stateId, name) => {
    expect(wait([timer(`xstate.after.retryDelay.${stateId}`)])).toEqual({ for: 'retry', name, until });
  });

  it('is the customer, up to the deadline', () => {
    expect(wait([timer('xstate.after.paymentTimeout.payment.waiting')])).toEqual({ for: 'payment', until });
  });

  it.each([
    ['order.GettingAddress.incident', 'getAddress'],
    ['order.PaymentSuccess.refunding.incident', 'refundPayment'],
    ['order.AwaitingPayment.stalled', 'startPayment'],
    ['order.AwaitingPayment.disputed', 'payment_mismatch'],
  ])('is a person in %s, up to when the order goes on alone', (stateId, name) => {
    expect(wait([timer(`xstate.after.incidentTimeout.${stateId}`)], true)).toEqual({ for: 'operator', name, until });
  });
});
