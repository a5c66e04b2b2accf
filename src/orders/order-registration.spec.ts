import { REDACTED } from '../durable/index.js';
import type { PaymentAccepted } from './machine/order/order-events.js';
import { OrderStatus } from './machine/order/order-status.js';
import { orderRedactor } from './redaction/order-redaction.js';
import { onDeadLetter, whenUnexpected } from './order-registration.js';

const AFTER_THE_PAYMENT: readonly string[] = [
  OrderStatus.PaymentSuccess,
  OrderStatus.PaymentFailed,
  OrderStatus.SendShippingOrder,
  OrderStatus.Completed,
];

describe('an event the order cannot take where it stands (G6)', () => {
  it.each(Object.values(OrderStatus))('in %s', (status) => {
    const decided = AFTER_THE_PAYMENT.includes(status);
    // A payment's decision is a fact: never turned away.
    expect(whenUnexpected({ type: 'payment.accepted' }, status)).toBe('keep');
    expect(whenUnexpected({ type: 'payment.rejected' }, status)).toBe('keep');
    expect(whenUnexpected({ type: 'order.cancel' }, status)).toBe(decided ? 'refuse' : 'keep');
    expect(whenUnexpected({ type: 'order.retry' }, status)).toBe('refuse');
    expect(whenUnexpected({ type: 'payment.requested' }, status)).toBe('refuse');
  });
});

describe('a payment that comes when the order takes none any more (G6)', () => {
  const payment = { paymentId: 'p-1', checkoutUrl: 'https://pay.example/p-1' };
  const captured = { amount: 1, currency: 'EUR' };

  it.each([
    // Given back by itself, or the order's own.
    ['completed', { payment, captured: null }, 'p-2', 'record'],
    ['terminated', { payment, captured: null }, undefined, 'record'],
    ['failed', { payment, captured }, 'p-1', 'record'],
    // Nobody can say which payment it is.
    ['completed', { payment: null, captured: null }, undefined, 'incident'],
    // It failed, and nobody settles anything unless it is retried.
    ['failed', { payment, captured: null }, 'p-1', 'incident'],
    ['failed', { payment, captured }, 'p-2', 'incident'],
    // It was kept for a payment the order never asked for.
    ['completed', { payment: null, captured: null }, 'p-2', 'incident', true],
    ['terminated', { payment: null, captured: null }, 'p-2', 'record', true],
  ] as const)('of an order that is %s, with %j, and is about %s: %s', (...row) => {
    const [runtimeStatus, context, paymentId, expected, wasKept = false] = row;
    const at = { status: OrderStatus.Completed, outcome: null, runtimeStatus, wasKept, context };
    const event: PaymentAccepted = { type: 'payment.accepted', paymentId };
    expect(onDeadLetter(event, at)).toBe(expected);
    expect(onDeadLetter({ type: 'payment.rejected' }, at)).toBe('record');
  });
});

describe('what histories keep of an order (G8)', () => {
  it('hides who the customer is and where they live, but not which products or errors it is about', () => {
    const address = { name: 'Greta', street: 'Allee 7', postalCode: '10435', city: 'Berlin', country: 'DE' };
    expect(
      orderRedactor([])({
        output: { id: 'u-1', email: 'g@example.com', address },
        reserved: [{ productId: 'mug', name: 'Travel mug' }],
        error: { name: 'PartnerError', code: 'partner_timeout' },
        input: { token: 't', paymentId: 'pay-1' },
        patch: { customer: { address: { name: 'Greta', city: 'Ulm' } } },
      }),
    ).toEqual({
      output: {
        id: 'u-1',
        email: REDACTED,
        address: { name: REDACTED, street: REDACTED, postalCode: REDACTED, city: 'Berlin', country: 'DE' },
      },
      reserved: [{ productId: 'mug', name: 'Travel mug' }],
      error: { name: 'PartnerError', code: 'partner_timeout' },
      input: { token: REDACTED, paymentId: 'pay-1' },
      patch: { customer: { address: { name: REDACTED, city: 'Ulm' } } },
    });
  });
});
