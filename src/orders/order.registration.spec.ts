import { REDACTED } from '../durable/index.js';
import { OrderStatus } from './machine/order-status.js';
import { redactOrder } from './order.redaction.js';
import { whenUnexpected } from './order.registration.js';

const AFTER_THE_PAYMENT: readonly string[] = [
  OrderStatus.PaymentSuccess,
  OrderStatus.PaymentFailed,
  OrderStatus.SendShippingOrder,
  OrderStatus.Completed,
];

describe('an event the order cannot take where it stands', () => {
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

describe('what histories keep of an order', () => {
  it('hides who the customer is and where they live, but not which products or errors it is about', () => {
    const address = { name: 'Greta', street: 'Allee 7', postalCode: '10435', city: 'Berlin', country: 'DE' };
    expect(
      redactOrder({
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
