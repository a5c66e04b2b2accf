import { execFileSync } from 'node:child_process';
import { WIRE_VERSION } from '../../src/dashboard/inspector/wire-frame.js';
import { isObject } from '../../src/durable/inspect.js';
import { orderRedactor } from '../../src/orders/redaction/order-redaction.js';
import { compiled } from '../support/compiled-sources.js';

const ORDER = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const EUR = (amount: number) => ({ amount, currency: 'EUR' });
const PAYMENT = { paymentId: 'pay-1', status: 'pending', amount: EUR(2_380), checkoutUrl: 'https://pay.example/pay-1' };

const SCRIPT = {
  input: {
    orderId: ORDER,
    correlationId: 'c-1',
    shoppingCartId: '11111111-1111-4111-8111-111111111111',
    userId: 'u-1',
    settings: {
      retry: {
        firstIntervalMs: 1,
        maxAttempts: 1,
        backoffCoefficient: 1,
        maxIntervalMs: 1,
        overallTimeoutMs: 0,
        jitter: 0,
      },
      paymentTimeoutMs: 3_600_000,
      incidentTimeoutMs: 3_600_000,
      shipPartially: false,
    },
  },
  outputs: {
    getProducts: [{ productId: 'mug', count: 1 }],
    getAddress: {
      id: 'u-1',
      email: 'greta@example.com',
      address: { name: 'Greta Sommer', street: 'Kastanienallee 7', postalCode: '10435', city: 'Berlin', country: 'DE' },
    },
    reserveProducts: {
      reservationId: 'r-1',
      reserved: [{ productId: 'mug', count: 1, name: 'Travel mug', unitPrice: EUR(1_500) }],
      notReserved: [],
      expiresAt: '2100-01-01T00:00:00.000Z',
    },
    findReservation: null,
    releaseReservation: null,
    calculateShipping: { quoteId: 'q-1', carrier: 'Post', amount: EUR(500) },
    calculateFinalPrice: {
      goods: EUR(1_500),
      shipping: EUR(500),
      vat: EUR(380),
      vatRateBasisPoints: 1_900,
      total: EUR(2_380),
    },
    startPayment: PAYMENT,
    findPayment: PAYMENT,
    voidPayment: PAYMENT,
    refundPayment: null,
    lookUpPayment: PAYMENT,
    refundLatePayment: null,
    consumeReservation: null,
    sendShippingOrder: { shipmentId: 's-1', trackingNumber: 'T-1' },
  },
};

type Message = Readonly<Record<string, unknown>>;

/** The official ones with our names for the actors, and redacted as our history is. */
function renamed(messages: readonly Message[]): Message[] {
  const names = new Map<unknown, string>();
  for (const { type, sessionId, parentId, name } of messages) {
    if (type !== '@xstate.actor' || names.has(sessionId)) continue;
    names.set(sessionId, parentId === undefined ? ORDER : `${names.get(parentId) ?? ''}/${String(name)}`);
  }
  const nameOf = (id: unknown): unknown => names.get(id) ?? id;
  return messages.map((message) => ({
    ...(orderRedactor([])(message) as Message), // a redactor keeps the shape
    ...('name' in message ? { name: message['name'] } : {}),
    sessionId: nameOf(message['sessionId']),
    rootId: nameOf(message['rootId']),
    ...('parentId' in message ? { parentId: nameOf(message['parentId']) } : {}),
    ...('sourceId' in message ? { sourceId: nameOf(message['sourceId']) } : {}),
  }));
}

/** Without what cannot be the same: the time, and the snapshot of a new actor, which the official takes a moment later. */
function comparable(message: Message): Message {
  const { createdAt, snapshot, definition, ...rest } = message;
  expect(createdAt).toMatch(/^\d+$/);
  return {
    ...rest,
    ...(typeof definition === 'string' ? { definition: withLists(JSON.parse(definition)) } : {}),
    ...(message['type'] === '@xstate.actor' ? { snapshot: isObject(snapshot) } : { snapshot }),
  };
}

/** One invocation may be written without the list around it; it means the same. */
function withLists(definition: unknown): unknown {
  if (Array.isArray(definition)) return definition.map(withLists);
  if (!isObject(definition)) return definition;
  return Object.fromEntries(
    Object.entries(definition).map(([key, value]) => [key, withLists(key === 'invoke' ? [value].flat() : value)]),
  );
}

const bySession = (messages: readonly Message[]): Map<unknown, Message[]> => {
  const sessions = new Map<unknown, Message[]>();
  for (const message of messages) {
    const { sessionId } = message;
    sessions.set(sessionId, [...(sessions.get(sessionId) ?? []), comparable(message)]);
  }
  return sessions;
};

describe("The inspector's messages of an order", () => {
  const output = execFileSync(process.execPath, [compiled('test/e2e/inspector-runs.js'), JSON.stringify(SCRIPT)]);
  const runs = JSON.parse(output.toString()) as { official: Message[]; ours: Message[] }; // printed by the script

  it('the messages equal those of the official package for the same run', () => {
    const official = bySession(renamed(runs.official));
    const ours = bySession(runs.ours);
    expect([...ours.keys()].sort()).toEqual([...official.keys()].sort());
    for (const [session, messages] of official)
      expect({ session, messages: ours.get(session) }).toEqual({ session, messages });
  });

  it('the messages name the order and the paths of its actors, whichever process sends them', () => {
    const sessions = new Set(runs.ours.map(({ sessionId }) => sessionId));
    expect(sessions).toContain(ORDER);
    expect(sessions).toContain(`${ORDER}/payment/startPayment`);
    expect(new Set(runs.ours.map(({ rootId }) => rootId))).toEqual(new Set([ORDER]));
    expect(new Set(runs.ours.map(({ _version: version }) => version))).toEqual(new Set([WIRE_VERSION]));
  });

  it('the messages hold no personal data', () => {
    expect(JSON.stringify(runs.official)).toContain('Kastanienallee');
    expect(JSON.stringify(runs.ours)).not.toMatch(/Kastanienallee|greta@example|Greta Sommer|10435/);
  });
});
