import { registerMachine } from '../../durable/inspect.js';
import { orderRegistration } from '../order-registration.js';
import { OrderActivitiesFactory } from './order-activities-factory.js';
import { type OrderCalls, PARTNER_OF } from './order-activity-options.js';

const slow = { timeoutMs: 60_000, concurrency: 2 };
const usual = { timeoutMs: 10_000, concurrency: 32 };
const calls: OrderCalls = {
  partners: {
    cart: usual,
    users: usual,
    warehouse: slow,
    shipping: usual,
    pricing: usual,
    payment: usual,
    fulfilment: usual,
  },
  maxDeliveries: 3,
};

describe("the limits of an order's calls (G15)", () => {
  // Nothing is called here, so there is nobody to call.
  const nobody = [] as unknown as ConstructorParameters<typeof OrderActivitiesFactory>;
  const activities = new OrderActivitiesFactory(...nobody).logics();
  const { activityRules } = registerMachine(orderRegistration(activities, calls));

  it('give each partner a queue of its own', () => {
    expect(activityRules.limits).toEqual({
      cart: 32,
      users: 32,
      warehouse: 2,
      shipping: 32,
      pricing: 32,
      payment: 32,
      fulfilment: 32,
    });
    expect(activityRules.settingsOf(['payment', 'startPayment']).limit).toBe('payment');
    expect(activityRules.settingsOf(['releaseReservation']).limit).toBe('warehouse');
  });

  it('let begin before the commit what only reads, with its limits', () => {
    const safe = Object.keys(PARTNER_OF).filter((activity) => activityRules.settingsOf([activity]).safe);
    expect(safe).toEqual(['getProducts', 'getAddress', 'calculateShipping', 'calculateFinalPrice']);
    expect(activityRules.settingsOf(['getProducts'])).toMatchObject({ limit: 'cart', timeoutMs: 15_000 });
  });

  it('let the client give up first, and end a call five seconds after it should have', () => {
    expect(activityRules.settingsOf(['reserveProducts']).timeoutMs).toBe(65_000);
    expect(activityRules.settingsOf(['sendShippingOrder'])).toMatchObject({
      timeoutMs: 15_000,
      heartbeatTimeoutMs: null,
      limit: 'fulfilment',
      maxDeliveries: 3,
    });
  });
});
