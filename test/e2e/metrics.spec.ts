import { createHash } from 'node:crypto';
import supertest from 'supertest';
import { parseExposition, total, type MetricFamily } from '../support/exposition.js';
import { ServiceRig } from '../support/service-rig.js';
import { waitUntil } from '../support/wait-until.js';

const UNITS = ['seconds', 'bytes', 'actors', 'ratio'];
const NOT_BASE_UNITS =
  /(^|_)(ms|millis|milliseconds|micros|microseconds|nanoseconds|minutes|hours|days|kb|mb|percent)(_|$)/;

describe('Metrics', () => {
  let rig: ServiceRig;
  beforeAll(async () => (rig = await ServiceRig.start()));
  afterAll(() => rig.close());

  const scrape = async (): Promise<ReadonlyMap<string, MetricFamily>> => {
    const answer = await rig.api.get('/metrics').expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; charset=utf-8; version=0\.0\.4$/);
    return parseExposition(answer.text);
  };

  it('metrics count orders by status and outcome, and time turns, commits, partner calls and requests', async () => {
    const before = await scrape();
    const [paid, open] = [await rig.place(), await rig.place()];
    await rig.payable(paid);
    await rig.payable(open);
    await rig.api.post(`/demo/orders/${paid}/pay`).expect(202);
    await rig.completed(paid);
    const after = await waitUntil('the statistics to be read again', async () => {
      const found = await scrape();
      const counted = total(found, 'durable_actors_open', { machine: 'order', status: 'AwaitingPayment' });
      return counted === 1 ? found : null;
    });
    const grown = (name: string, labels: Record<string, string> = {}) =>
      total(after, name, labels) - total(before, name, labels);

    expect(total(after, 'durable_actors_open', { machine: 'order' })).toBe(1);
    expect(grown('durable_actors_started_total', { machine: 'order' })).toBe(2);
    expect(grown('durable_actors_ended_total', { machine: 'order', outcome: 'fulfilled' })).toBe(1);
    expect(grown('durable_actor_lifetime_seconds_count', { outcome: 'fulfilled' })).toBe(1);
    expect(grown('durable_signals_total', { signal: 'start', disposition: 'applied' })).toBe(2);
    expect(grown('durable_turn_duration_seconds_count', { signal: 'activity.completed' })).toBeGreaterThan(10);
    expect(grown('durable_commit_duration_seconds_count')).toBeGreaterThan(0);
    expect(grown('durable_commit_batch_actors_sum')).toBeGreaterThan(10);
    for (const partner of ['cart', 'users', 'warehouse', 'shipping', 'pricing', 'payment']) {
      expect(grown('durable_activity_duration_seconds_count', { partner, outcome: 'completed' })).toBeGreaterThan(1);
    }
    expect(
      grown('durable_activity_duration_seconds_count', { partner: 'fulfilment', activity: 'sendShippingOrder' }),
    ).toBe(1);
    expect(total(after, 'durable_activities_running')).toBe(0);
    expect(total(after, 'durable_store_up')).toBe(1);
    expect(total(after, 'durable_node_ready')).toBe(1);
    expect(total(after, 'durable_tasks_due')).toBe(0);
    expect(
      grown('http_server_request_duration_seconds_count', {
        method: 'POST',
        route: '/order/start/:sessionId',
        status_code: '202',
      }),
    ).toBe(2);
    expect(after.get('durable_build_info')!.samples).toEqual([
      expect.objectContaining({
        value: 1,
        labels: expect.objectContaining({ node: process.versions.node }) as unknown,
      }),
    ]);
  });

  it('each metric has a name in base units, a type and a help text, as Prometheus asks', async () => {
    const families = await scrape();
    expect(families.size).toBeGreaterThan(40);
    for (const { name, type, help, samples } of families.values()) {
      expect(name).toMatch(/^(durable|http|process|nodejs)_[a-z0-9_]+$/);
      expect(name).not.toMatch(NOT_BASE_UNITS);
      expect(help.length).toBeGreaterThan(10);
      expect(['counter', 'gauge', 'histogram', 'summary']).toContain(type);
      // The library's own gauges of Node.js are no example.
      if (!name.startsWith('nodejs_')) expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      if (type === 'histogram' && name.startsWith('durable_')) {
        expect(UNITS).toContain(name.split('_').at(-1));
      }
      for (const { labels } of samples) {
        for (const label of Object.keys(labels)) expect(label).toMatch(/^[a-z][a-z0-9_]*$/);
      }
    }
  });

  it('no label holds an id, so the number of series does not grow with the orders', async () => {
    await rig.api.get('/order/6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001').expect(404);
    await rig.api.get('/nothing/here/6a1f0f3e').expect(404);
    const seriesOf = async () => {
      const text = (await rig.api.get('/metrics').expect(200)).text;
      expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|6a1f0f3e/);
      return text.split('\n').filter((line) => line.startsWith('durable_')).length;
    };
    await rig.payable(await rig.place());
    const before = await seriesOf();
    for (let count = 0; count < 5; count += 1) await rig.payable(await rig.place());
    expect(await seriesOf()).toBe(before);
  });
});

describe('Metrics behind keys', () => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await ServiceRig.start({
      METRICS_KEY: 'scrape-me',
      ACCESS_KEYS: `shop:client:sha256:${hashOf('shop-key')},ops:operator:sha256:${hashOf('operator-key')}`,
    });
  });
  afterAll(() => rig.close());

  it('metrics are served to METRICS_KEY as a bearer token and to operators, and to nobody else', async () => {
    const get = () => supertest(rig.service.url).get('/metrics');
    await get().expect(401);
    await get().set('authorization', 'Bearer wrong').expect(401);
    await get().set('authorization', 'Bearer scrape-me').expect(200);
    await get().set('x-functions-key', 'operator-key').expect(200);
    await get().set('x-functions-key', 'shop-key').expect(401);
    await supertest(rig.service.url).get('/orders').set('authorization', 'Bearer scrape-me').expect(401);
  });
});

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
