import type { CrashPlan } from '../../support/service-process.js';
import { waitUntil } from '../../support/wait-until.js';
import { CrashScene } from '../../crash/crash-scene.js';
import { Receiver, verified, type Received } from './push-receiver.js';

const PATH = '/hooks';

/** So short that a claim of a dead process runs out soon: its time is this and 5 s for recording. */
const TIMEOUT_MS = '300';

const typeAndStatus = (received: Received): string => {
  const { type, data } = JSON.parse(received.body) as { type: string; data: { status: string } };
  return `${type} ${data.status}`;
};

const EVERYTHING = [
  ...['GettingProducts', 'GettingAddress', 'ReservingProducts', 'CalculatingShipping', 'CalculatingFinalPrice'],
  ...['AwaitingPayment', 'PaymentSuccess', 'SendShippingOrder', 'Completed'],
].map((status) => `order.status_changed ${status}`);
EVERYTHING.push('order.completed Completed');

describe('Outbound webhooks over kill -9 (G16)', () => {
  let scene: CrashScene;
  let receiver: Receiver;
  let secret: string;

  beforeAll(async () => {
    receiver = await Receiver.start();
    scene = await CrashScene.open({ WEBHOOK_ALLOW_PRIVATE: 'true', WEBHOOK_TIMEOUT_MS: TIMEOUT_MS });
    await scene.autoPay('accept');
    const service = await scene.boot();
    const answer = await fetch(`${service.url}/webhook-endpoints`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${receiver.url}${PATH}` }),
    });
    ({ secret } = (await answer.json()) as { secret: string }); // the contract of the route
  });
  afterEach(() => {
    receiver.takes();
    receiver.received.length = 0;
  });
  afterAll(async () => {
    await scene.close();
    await receiver.close();
  });

  /** Every event of the order came, each verified; resolves with how often each id did. */
  async function everythingOf(orderId: string): Promise<Map<string, number>> {
    const ofOrder = () => receiver.received.filter((each) => each.body.includes(`"subject":"${orderId}"`));
    await waitUntil('every event', () =>
      Promise.resolve(
        EVERYTHING.every((event) => ofOrder().some((each) => typeAndStatus(each) === event)) ? true : null,
      ),
    );
    const counts = new Map<string, number>();
    for (const each of ofOrder()) {
      const { id } = verified(secret, each);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    expect(counts.size).toBe(EVERYTHING.length);
    return counts;
  }

  const places: CrashPlan[] = [
    { point: 'commit.after', label: 'AwaitingPayment', nth: 1 },
    { point: 'commit.after', label: 'Completed', nth: 1 },
    { point: 'commit.before', label: 'PaymentSuccess', nth: 1 },
  ];

  it.each(places)('a kill at $point of $label loses no event and sends none that did not happen', async (plan) => {
    if (!scene.service.running) await scene.boot();
    const known = new Set((await scene.orders()).map(({ id }) => id));
    scene.service.arm(plan);
    await scene.placeOrder();
    expect(await scene.service.died()).toBe('SIGKILL');
    await scene.boot();
    const [id] = (await scene.orders()).map((order) => order.id).filter((each) => !known.has(each));
    await scene.finished(id!);
    await everythingOf(id!);
  });

  it('a kill between sending and recording sends the same event again under the same id', async () => {
    if (!scene.service.running) await scene.boot();
    let struck: string | null = null;
    receiver.reply = (received, response) => {
      if (struck === null && typeAndStatus(received) === 'order.status_changed AwaitingPayment') {
        struck = received.headers['webhook-id'] as string; // Standard Webhooks
        void scene.service.kill();
        return; // Taken, and nobody is told.
      }
      response.writeHead(204).end();
    };
    const id = await scene.placeOrder();
    expect(await scene.service.died()).toBe('SIGKILL');
    await scene.boot();
    await scene.finished(id!);
    const counts = await waitUntil('the event to come again', async () => {
      const found = await everythingOf(id!);
      return (found.get(struck!) ?? 0) > 1 ? found : null;
    });
    expect(counts.get(struck!)).toBeGreaterThan(1);
    const bodies = receiver.received.filter(({ headers }) => headers['webhook-id'] === struck).map(({ body }) => body);
    expect(new Set(bodies).size).toBe(1);
  });

  it('events that could not be sent before a kill are sent after it', async () => {
    if (!scene.service.running) await scene.boot();
    receiver.answers(503);
    scene.configure({ WEBHOOK_RETRY_SCHEDULE_MS: '200,200,200,200,200,200,200,200,200,200,200,200,200,200,200,200' });
    await scene.boot();
    const id = await scene.placeOrder();
    await scene.finished(id!);
    await receiver.came(PATH, 10);
    await scene.service.kill();
    receiver.takes();
    await scene.boot();
    const taken = receiver.received.length;
    await waitUntil('every event to be taken', () =>
      Promise.resolve(
        EVERYTHING.every((event) => receiver.received.slice(taken).some((each) => typeAndStatus(each) === event))
          ? true
          : null,
      ),
    );
    await everythingOf(id!);
  });
});
