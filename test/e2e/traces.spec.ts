import { PARTNER_PREFIXES } from '../../src/config/env-schema.js';
import { CrashScene } from '../crash/crash-scene.js';
import { attributeOf, CollectorStub, type CollectedSpan } from '../support/collector-stub.js';
import { filledCart } from '../support/filled-cart.js';
import { StableProxy } from '../support/stable-proxy.js';
import { waitUntil } from '../support/wait-until.js';
import { traceIdsOf } from '../../src/telemetry/traces/trace-ids.js';

const CALLER = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const CLIENT_KIND = 3;
const ERROR = 2;
const PARTNERS = Object.values(PARTNER_PREFIXES);

/** The service in a process of its own that is killed; collector and partners in this one. */
describe('The trace of an order', () => {
  let collector: CollectorStub;
  let partners: StableProxy;
  let scene: CrashScene;
  /** What partners were sent as `traceparent`, by path. */
  const heard: { readonly path: string; readonly traceparent: string | undefined }[] = [];

  beforeAll(async () => {
    collector = await CollectorStub.start();
    partners = await StableProxy.start();
    partners.onRequest = ({ url, headers }) => {
      const header = headers['traceparent'];
      heard.push({ path: url ?? '', traceparent: Array.isArray(header) ? header[0] : header });
    };
    scene = await CrashScene.open({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SERVICE_NAME: 'orders-under-test',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      PAYMENT_TIMEOUT_MS: '600000',
      ...Object.fromEntries(PARTNERS.map((partner) => [`${partner}_SERVICE_URL`, partners.url])),
    });
    partners.target = scene.sandbox.url;
  });
  afterAll(async () => {
    await scene.close();
    await partners.close();
    await collector.close();
  });

  const place = async (headers: Readonly<Record<string, string>> = {}): Promise<string> => {
    const cart = await filledCart(scene.sandbox.url);
    const answer = await fetch(`${scene.service.url}/order/start/${cart}`, { method: 'POST', headers });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { id: string }).id; // the contract of the route
  };
  const spansOf = (orderId: string): CollectedSpan[] =>
    collector.spans.filter((span) => attributeOf(span, 'durable.actor.id') === orderId);
  const collected = (what: string, condition: () => boolean) =>
    waitUntil(`the collector to have ${what}`, () => Promise.resolve(condition() ? true : null));

  it('an order has one trace over turns, partner calls and kill -9, joined with those of callers and partners', async () => {
    await scene.boot();
    await scene.autoPay('manual');
    const id = await place({ traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01` });
    await scene.reached(id, 'AwaitingPayment');
    const { traceId, spanId: rootId } = traceIdsOf(id);
    await collected('the start of the payment', () =>
      collector.spans.some((span) => span.traceId === traceId && span.name === 'POST payment'),
    );
    await scene.service.kill('SIGKILL');
    const fromFirst = collector.spans.length;

    await scene.boot();
    expect(await scene.send(id, 'payment-accepted')).toBe(202);
    await scene.finished(id);
    await collected('the root', () => collector.spans.some((span) => span.spanId === rootId));

    const spans = collector.spans.filter((span) => span.traceId === traceId);
    expect(new Set(collector.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['orders-under-test']));
    expect(spans.slice(fromFirst).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['turn event', 'activity sendShippingOrder', 'POST fulfilment', 'order']),
    );

    // Every span hangs below the one root, though the process that began the order did not live to send it.
    const ids = new Set(spans.map(({ spanId }) => spanId));
    expect(ids.size).toBe(spans.length);
    const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined || parentSpanId === '');
    expect(roots.map(({ spanId, name }) => ({ spanId, name }))).toEqual([{ spanId: rootId, name: 'order' }]);
    expect(attributeOf(roots[0]!, 'durable.outcome')).toBe('fulfilled');
    for (const { parentSpanId } of spans) if (parentSpanId) expect(ids).toContain(parentSpanId);
    const begin = Math.min(...spans.map((span) => Number(span.startTimeUnixNano)));
    expect(Math.abs(Number(roots[0]!.startTimeUnixNano) - begin)).toBeLessThan(5e9);

    const start = spansOf(id).find(({ name }) => name === 'turn start');
    expect(start!.links).toEqual([expect.objectContaining(CALLER)]);
    const activities = new Set(spans.filter(({ name }) => name.startsWith('activity ')).map(({ spanId }) => spanId));
    const calls = spans.filter(({ kind }) => kind === CLIENT_KIND);
    expect(calls.length).toBeGreaterThan(7);
    for (const call of calls) expect(activities).toContain(call.parentSpanId);

    // Each partner was told the very span of its call.
    const told = heard.filter(({ traceparent }) => traceparent !== undefined).map(({ traceparent }) => traceparent);
    expect(heard).toHaveLength(told.length);
    expect(new Set(told)).toEqual(new Set(calls.map((call) => `00-${traceId}-${call.spanId}-01`)));
  });

  it('a trace shows a failed call and its retry', async () => {
    await scene.autoPay('accept');
    await scene.faults([{ service: 'shipping', operation: 'quote', kind: 'status', status: 503, times: 1 }]);
    const id = await place();
    await scene.finished(id);
    const { traceId, spanId: rootId } = traceIdsOf(id);
    await collected('the root', () => collector.spans.some((span) => span.spanId === rootId));
    const quotes = collector.spans.filter((span) => span.traceId === traceId && span.name === 'POST shipping');
    expect(quotes.map((span) => [span.status?.code, attributeOf(span, 'http.response.status_code')])).toEqual([
      [ERROR, 503],
      [0, 200],
    ]);
  });

  it('an order that is not sampled has no trace, and its partners are told so', async () => {
    scene.configure({ OTEL_TRACES_SAMPLER: 'always_off' });
    await scene.boot();
    heard.length = 0;
    const before = collector.spans.length;
    const id = await place();
    await scene.finished(id);
    await scene.service.kill('SIGTERM');
    expect(collector.spans.length).toBe(before);
    const { traceId } = traceIdsOf(id);
    expect(heard.length).toBeGreaterThan(7);
    for (const { traceparent } of heard) expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
  });

  it('without an endpoint there are no traces, and partners get no header', async () => {
    scene.configure({ OTEL_EXPORTER_OTLP_ENDPOINT: '' });
    await scene.boot();
    heard.length = 0;
    const before = collector.spans.length;
    const id = await place();
    await scene.finished(id);
    await scene.service.kill('SIGTERM');
    expect(collector.spans.length).toBe(before);
    for (const { traceparent } of heard) expect(traceparent).toBeUndefined();
  });
});
