import { Logger } from '@nestjs/common';
import { cartSchema } from '../../../src/contracts/cart-contract.js';
import { shipmentSchema } from '../../../src/contracts/fulfilment-contract.js';
import { priceSchema } from '../../../src/contracts/pricing-contract.js';
import { shippingQuoteSchema } from '../../../src/contracts/shipping-contract.js';
import { userSchema } from '../../../src/contracts/users-contract.js';
import { SandboxRig, refusalOf } from './sandbox-fixture.js';

const GOOD_CART = '/cart/11111111-1111-4111-8111-111111111111';
const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';
const address = { name: 'Greta', street: 'Weg 1', postalCode: '10435', city: 'Berlin', country: 'DE' };
const items = [{ productId: 'travel-mug', count: 2 }];

describe('The sandbox', () => {
  let rig: SandboxRig;
  beforeAll(async () => (rig = await SandboxRig.start()));
  afterAll(() => rig.close());

  it('the sandbox describes itself and reports its health', async () => {
    expect((await rig.get('/')).json()).toMatchObject({
      ledgers: expect.arrayContaining([expect.any(String)]) as unknown,
    });
    expect((await rig.get('/health')).json()).toEqual({ status: 'ok' });
  });

  describe('cart', () => {
    it('the cart service answers the lines of a cart', async () => {
      const cart = cartSchema.parse((await rig.get(GOOD_CART)).json());
      expect(cart).toEqual([
        { productId: 'coffee-beans-1kg', count: 2 },
        { productId: 'hand-grinder', count: 1 },
      ]);
    });

    it('the first product begins an unknown cart; counts are merged, lowered and dropped', async () => {
      const cart = '/cart/9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d';
      expect(refusalOf(await rig.get(cart))).toEqual([404, 'cart_unknown']);
      expect((await rig.post(`${cart}/add`, { productId: 'travel-mug', count: 2 })).status).toBe(202);
      await rig.post(`${cart}/add`, { productId: 'travel-mug', count: 3 });
      expect((await rig.get(cart)).json()).toEqual([{ productId: 'travel-mug', count: 5 }]);
      expect((await rig.post(`${cart}/remove`, { productId: 'travel-mug', count: 1 })).status).toBe(202);
      expect((await rig.get(cart)).json()).toEqual([{ productId: 'travel-mug', count: 4 }]);
      await rig.post(`${cart}/remove`, { productId: 'travel-mug', count: 9 });
      expect((await rig.get(cart)).json()).toEqual([]);
    });

    it.each([
      ['GET', '/cart/not-a-guid', undefined, 400, 'guid_malformed'],
      ['GET', `/cart/${EMPTY_GUID}`, undefined, 400, 'guid_empty'],
      ['POST', `/cart/${EMPTY_GUID}/add`, { productId: 'travel-mug', count: 1 }, 400, 'guid_empty'],
      ['POST', `${GOOD_CART}/add`, { productId: 'unheard-of', count: 1 }, 404, 'product_unknown'],
      ['POST', `${GOOD_CART}/add`, { productId: 'travel-mug', count: 0 }, 400, 'body_invalid'],
      ['POST', `${GOOD_CART}/add`, { productId: 'hand-grinder', count: 10_000 }, 422, 'cart_line_too_large'],
      ['POST', `${GOOD_CART}/add`, '{"productId":', 400, 'body_malformed'],
      ['POST', `${GOOD_CART}/add`, undefined, 400, 'body_invalid'],
      ['POST', '/cart/5b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d/remove', items[0], 404, 'cart_unknown'],
      ['POST', '/cart/5b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d/add', { productId: 'x', count: 1 }, 404, 'product_unknown'],
      ['GET', '/cart/5b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', undefined, 404, 'cart_unknown'],
      ['GET', '/nowhere', undefined, 404, 'route_unknown'],
    ])('the cart service refuses %s %s with %j and changes nothing', async (method, path, body, status, code) => {
      expect(refusalOf(await rig.call(method, path, body))).toEqual([status, code]);
      expect(cartSchema.parse((await rig.get(GOOD_CART)).json())).toHaveLength(2);
    });

    it('the cart service refuses a body over a megabyte', async () => {
      const answer = await rig.post(`${GOOD_CART}/add`, { productId: 'x'.repeat(1_100_000), count: 1 });
      expect(refusalOf(answer)).toEqual([413, 'body_too_large']);
    });
  });

  describe('users', () => {
    it('registered users are known, and a GUID is the same guest, also after a restart', async () => {
      const known = userSchema.parse((await rig.get('/users/a4444444-4444-4444-8444-444444444444')).json());
      expect(known.address.country).toBe('CH');
      const guid = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
      const guest = userSchema.parse((await rig.get(`/users/${guid.toUpperCase()}`)).json());
      expect(guest.id).toBe(guid);
      await rig.restart();
      expect((await rig.get(`/users/${guid}`)).json()).toEqual(guest);
    });

    it.each(['nobody', EMPTY_GUID])('the user id %s is refused', async (id) =>
      expect((await rig.get(`/users/${id}`)).status).toBe(400),
    );
  });

  describe('shipping, pricing and fulfilment', () => {
    it('the same question gets the same shipping quote', async () => {
      const request = { orderId: 'o-1', reservationId: 'r-1', items, address };
      const first = shippingQuoteSchema.parse((await rig.post('/shipping/quotes', request)).json());
      expect(first.amount).toEqual({ amount: 550, currency: 'EUR' });
      expect((await rig.post('/shipping/quotes', request)).json()).toEqual(first);
    });

    it('an unserved destination is refused by shipping and by fulfilment', async () => {
      const request = { orderId: 'o-polar', reservationId: 'r-1', items, address: { ...address, country: 'AQ' } };
      expect(refusalOf(await rig.post('/shipping/quotes', request))).toEqual([422, 'destination_not_served']);
      expect(refusalOf(await rig.post('/fulfilment/shipments', request, 'k'))).toEqual([422, 'destination_not_served']);
      expect(await rig.ledger('fulfilment', 'o-polar')).toEqual([]);
    });

    it('a price has the VAT of its destination', async () => {
      const unitPrice = { amount: 1_000, currency: 'EUR' };
      const priced = items.map((item) => ({ ...item, unitPrice }));
      const request = { orderId: 'o-1', items: priced, shipping: { amount: 500, currency: 'EUR' }, country: 'AT' };
      const price = priceSchema.parse((await rig.post('/pricing/quotes', request)).json());
      expect([price.vatRateBasisPoints, price.vat.amount, price.total.amount]).toEqual([2_000, 500, 3_000]);
    });

    it('a shipment has a tracking number and one ledger entry', async () => {
      const request = { orderId: 'o-ship', reservationId: 'r-1', items, address };
      const answer = await rig.post('/fulfilment/shipments', request, 'o-ship:ship');
      expect(answer.status).toBe(201);
      const { shipmentId } = shipmentSchema.parse(answer.json());
      expect(await rig.ledger('fulfilment', 'o-ship')).toMatchObject([
        { kind: 'shipped', reference: shipmentId, quantity: 2, amount: null, timesAsked: 1 },
      ]);
    });
  });
});

describe('A sandbox with a key', () => {
  let rig: SandboxRig;
  beforeAll(async () => (rig = await SandboxRig.start({ apiKey: 'sesame' })));
  afterAll(() => rig.close());

  it('every call needs the key, except those of customers and probes', async () => {
    expect(refusalOf(await rig.get(GOOD_CART))).toEqual([401, 'key_required']);
    expect(refusalOf(await rig.call('GET', GOOD_CART, undefined, { authorization: 'Bearer other' }))[0]).toBe(401);
    expect((await rig.call('GET', GOOD_CART, undefined, { authorization: 'Bearer sesame' })).status).toBe(200);
    expect((await rig.get('/health')).status).toBe(200);
    expect(refusalOf(await rig.get('/payments/pay_unknown/checkout'))).toEqual([404, 'payment_unknown']);
    expect((await rig.put('/faults', [])).status).toBe(401);
  });
});

describe('Two sandboxes in one process', () => {
  it('two sandboxes share nothing and leave the logger of the process as it was', async () => {
    const lines: unknown[] = [];
    const write = (line: unknown) => void lines.push(line);
    Logger.overrideLogger({ log: write, warn: write, error: write });
    const [one, other] = await Promise.all([SandboxRig.start(), SandboxRig.start()]);
    try {
      await one.post(`${GOOD_CART}/add`, { productId: 'travel-mug', count: 1 });
      expect(cartSchema.parse((await one.get(GOOD_CART)).json())).toHaveLength(3);
      expect(cartSchema.parse((await other.get(GOOD_CART)).json())).toHaveLength(2);
      expect(lines).toEqual([]);
      new Logger('order service').log('still heard');
      expect(lines).toEqual(['still heard']);
    } finally {
      await Promise.all([one.close(), other.close()]);
      Logger.overrideLogger(['error']);
    }
  });

  it('a taken port is reported to the caller and leaves the process running', async () => {
    const rig = await SandboxRig.start();
    try {
      await expect(SandboxRig.start({ port: Number(new URL(rig.url).port) })).rejects.toThrow('EADDRINUSE');
    } finally {
      await rig.close();
    }
  });
});
