/**
 * Every way out that a listed incident names exists for its workflow, is taken, and ends the incident: each kind that partners
 * and people can cause, of orders, returns and late payments.
 */
import { EMBEDDED_SANDBOX } from '../../src/sandbox/embedded-sandbox.module.js';
import type { RunningSandbox } from '../../src/sandbox/sandbox-options.js';
import { OrderIncidents } from '../../src/orders/order-incidents.js';
import { PartnerError } from '../../src/orders/ports/partner-error.js';
import { PaymentClient, WarehouseClient } from '../../src/orders/ports/partner-ports.js';
import { registerCases } from '../support/register-cases.js';
import { ServiceRig } from '../support/service-rig.js';
import { waitUntil } from '../support/wait-until.js';

interface Incident {
  readonly id: string;
  readonly orderId: string;
  readonly kind: string;
  readonly actions: readonly string[];
  readonly resolvedAt: string | null;
}

interface Order {
  readonly payment: { readonly paymentId: string; readonly amount: { readonly amount: number } } | null;
  readonly latePayments: readonly { readonly id: string | null }[];
}

const EMPTY_CART = '33333333-3333-4333-8333-333333333333';
const away = () => new PartnerError('payment', 'partner_unavailable', 'It is away.', true);
const refused = () => new PartnerError('payment', 'payment_refused', 'It refuses.', false);

describe('An incident', () => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await ServiceRig.start({
      RETRY_FIRST_INTERVAL_MS: '20',
      RETRY_MAX_ATTEMPTS: '1',
      ONE_ORDER_PER_CART: 'false',
    });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => rig.close());

  const payments = () => rig.service.app.get(PaymentClient, { strict: false });
  const warehouse = () => rig.service.app.get(WarehouseClient, { strict: false });
  const post = (route: string, body: object = {}) => rig.api.post(route).send({ reason: 'seen to', ...body });
  const read = async (id: string) => (await rig.api.get(`/order/${id}`).expect(200)).body as Order; // the contract of the route
  const capture = async (paymentId: string, settlesLate = false) => {
    const { url } = rig.service.app.get<RunningSandbox>(EMBEDDED_SANDBOX, { strict: false });
    const answer = await fetch(`${url}/payments/${paymentId}/checkout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ decision: 'accept', ...(settlesLate && { settlesLate }) }),
    });
    expect(answer.status).toBeLessThan(300);
  };
  const payable = async () => {
    const id = await rig.place();
    await rig.payable(id);
    return { id, ...(await read(id)).payment! };
  };
  const fulfilled = async () => {
    const { id, paymentId } = await payable();
    await capture(paymentId);
    await rig.completed(id);
    return id;
  };
  const incidentsOf = async (subject: string, open: boolean) => {
    const { items } = (await rig.api.get(`/incidents?open=${open}&limit=100`).expect(200)).body as {
      items: Incident[];
    }; // likewise
    return items.filter(({ orderId }) => orderId === subject);
  };
  const waiting = (subject: string) =>
    waitUntil(`an incident of ${subject}`, async () => (await incidentsOf(subject, true))[0] ?? null);

  /** How each comes about. Returns the path of what the incident is about, and its id. */
  const CAUSES: Readonly<Record<string, () => Promise<readonly [path: string, subject: string]>>> = {
    'order retries_exhausted': async () => {
      jest.spyOn(warehouse(), 'reserve').mockRejectedValueOnce(away());
      return ['order', await rig.place()];
    },
    'order activity_refused': async () => {
      const { id, paymentId } = await payable();
      jest.spyOn(warehouse(), 'consume').mockRejectedValueOnce(refused());
      jest.spyOn(payments(), 'refund').mockRejectedValueOnce(refused());
      await capture(paymentId);
      return ['order', id];
    },
    'order machine_waits': async () => {
      const { id, paymentId } = await payable();
      const pending = await payments().get(paymentId, {
        orderId: id,
        correlationId: 'c',
        idempotencyKey: 'k',
        signal: new AbortController().signal,
      });
      jest.spyOn(payments(), 'void').mockResolvedValueOnce(pending);
      await post(`/order/${id}/cancel`).expect(202);
      return ['order', id];
    },
    'order refund_by_hand': async () => {
      const { id } = await payable();
      jest.spyOn(warehouse(), 'consume').mockRejectedValueOnce(refused());
      await post(`/order/${id}/payment-accepted`).expect(202);
      return ['order', id];
    },
    'order payment_mismatch': async () => {
      const { id, paymentId } = await payable();
      await post(`/order/${id}/payment-accepted`, { paymentId, amount: { amount: 1, currency: 'EUR' } }).expect(202);
      return ['order', id];
    },
    'order event_untakeable': async () => {
      const id = ((await rig.api.post(`/order/start/${EMPTY_CART}`).expect(202)).body as { id: string }).id; // likewise
      await rig.completed(id);
      await post(`/order/${id}/payment-accepted`).expect(410);
      return ['order', id];
    },
    'order unknown_actor': async () => {
      const id = crypto.randomUUID();
      const report = { id, key: 'k', code: 'payment_of_nobody', message: 'Whose is it?', data: {} };
      await rig.service.app.get(OrderIncidents, { strict: false }).reportUnknown(report);
      return ['order', id];
    },
    'return retries_exhausted': () => returned(away),
    'return activity_refused': () => returned(refused),
    'return refund_by_hand': async () => {
      const { id } = await payable();
      await post(`/order/${id}/payment-accepted`).expect(202);
      await rig.completed(id);
      return arrived(id);
    },
    'late-payment retries_exhausted': () => late(away),
    'late-payment activity_refused': () => late(refused),
  };

  async function arrived(orderId: string): Promise<readonly [string, string]> {
    const { id } = (await post(`/order/${orderId}/returns`).expect(202)).body as { id: string }; // likewise
    for (const command of ['approve', 'received']) await post(`/returns/${id}/${command}`).expect(202);
    return ['returns', id];
  }

  async function returned(error: () => PartnerError) {
    const id = await fulfilled();
    jest.spyOn(payments(), 'refund').mockRejectedValueOnce(error());
    return arrived(id);
  }

  async function late(error: () => PartnerError): Promise<readonly [string, string]> {
    const { id, paymentId } = await payable();
    await post(`/order/${id}/cancel`).expect(202);
    await rig.completed(id);
    jest.spyOn(payments(), 'refund').mockRejectedValueOnce(error());
    await capture(paymentId, true);
    const subject = await waitUntil('the late payment', async () => (await read(id)).latePayments[0]?.id ?? null);
    return ['late-payments', subject];
  }

  const amountOf = async (path: string, subject: string): Promise<unknown> => {
    if (path === 'order') return (await read(subject)).payment?.amount;
    const body = (await rig.api.get(`/${path}/${subject}`).expect(200)).body as {
      amount?: unknown;
      captured?: unknown;
    }; // likewise
    return body.amount ?? body.captured;
  };

  /** What the way is asked with. */
  async function take(way: string, path: string, subject: string, incident: Incident) {
    const amount = await amountOf(path, subject).catch(() => null);
    switch (way) {
      case 'resolve':
        return post(`/incidents/${incident.id}/resolve`);
      case 'edit-and-retry': {
        const patch = path === 'order' ? { customer: { address: { street: 'Side 1' } } } : { refundReason: 'Dented.' };
        return post(`/${path}/${subject}/retry`, { patch });
      }
      case 'skip': {
        if (path === 'late-payments') {
          // It asks the provider anew after an incident: what is skipped is that question.
          const { paymentId } = (await rig.api.get(`/${path}/${subject}`).expect(200)).body as { paymentId: string }; // likewise
          const output = { paymentId, status: 'refunded', amount, checkoutUrl: 'https://pay.example/x' };
          return post(`/${path}/${subject}/skip`, { output });
        }
        const outputs: Readonly<Record<string, unknown>> = {
          retries_exhausted: {
            reservationId: 'by-hand',
            reserved: [],
            notReserved: [],
            expiresAt: '2100-01-01T00:00:00.000Z',
          },
          machine_waits: { paymentId: 'x', status: 'voided', amount, checkoutUrl: 'https://pay.example/x' },
        };
        const isRefund = path !== 'order' || !(incident.kind in outputs);
        const output = isRefund ? { refundId: 'by-hand', amount } : outputs[incident.kind];
        const payment = path === 'order' ? (await read(subject)).payment?.paymentId : undefined;
        const own = incident.kind === 'machine_waits' ? { ...(output as object), paymentId: payment } : output;
        return post(`/${path}/${subject}/skip`, { output: own });
      }
      case 'payment-accepted':
        return post(`/${path}/${subject}/payment-accepted`, { amount });
      default:
        return post(`/${path}/${subject}/${way}`);
    }
  }

  it('names ways out that exist for its workflow, and each of them ends it (G7, G13)', async () => {
    const wrong: unknown[] = [];
    let cases = 0;
    for (const [name, cause] of Object.entries(CAUSES)) {
      const ways = await (async () => {
        const [, subject] = await cause();
        const { actions, kind } = await waiting(subject);
        if (!name.endsWith(kind)) wrong.push({ name, kind });
        return actions;
      })();
      if (ways.length === 0) wrong.push({ name, ways });
      for (const way of ways) {
        cases += 1;
        jest.restoreAllMocks();
        const [path, subject] = await cause();
        const incident = await waiting(subject);
        const answer = await take(way, path, subject, incident);
        const after = (await incidentsOf(subject, false)).find(({ id }) => id === incident.id);
        if (answer.status >= 300 || after === undefined || after.actions.length > 0) {
          wrong.push({ name, way, status: answer.status, body: answer.body as unknown, after });
        }
      }
    }
    expect(wrong).toEqual([]);
    registerCases(35, cases);
  });
});
