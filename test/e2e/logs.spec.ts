import { AxiosError, AxiosHeaders } from 'axios';
import { openLog } from '../../src/logging.module.js';
import { runInActivity } from '../../src/durable/testing.js';
import type { ActivityContext } from '../../src/durable/index.js';
import { anActor } from '../contract/record-fixture.js';
import { LogContext } from '../../src/telemetry/logs/log-context.js';
import { LogObserver } from '../../src/telemetry/logs/log-observer.js';

const KEY = 'very-secret-key-0001';
const TOKEN = `order_6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001_${'m'.repeat(43)}`;

describe('The log', () => {
  const lines: string[] = [];
  const context = new LogContext();
  const log = openLog({ nodeEnv: 'production', logLevel: 'debug' }, context, { write: (line) => lines.push(line) });
  afterEach(() => lines.splice(0));
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1)!) as Record<string, unknown>;

  it('an error of the HTTP library is logged without its request, headers and response, at any place in a line', () => {
    const config = {
      url: `https://partner.example/pay?card=${KEY}`,
      headers: new AxiosHeaders({ authorization: `Bearer ${KEY}` }),
      data: JSON.stringify({ card: KEY }),
    };
    const response = { status: 500, statusText: 'no', headers: { 'x-key': KEY }, config, data: KEY };
    const failure = new AxiosError(`failed with Bearer ${KEY}`, 'ERR_BAD_RESPONSE', config, {}, response);
    const wrapped = new Error('outer', { cause: failure });
    log.error({ err: failure }, 'one');
    log.error({ reason: failure, error: wrapped }, 'two');
    log.error(failure);
    log.error({ err: wrapped }, `https://x.example/a?key=${KEY} ${TOKEN} Bearer ${KEY}`);
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(KEY);
    expect(lines.join('')).not.toContain(TOKEN);
    expect(last()).toMatchObject({
      msg: 'https://x.example/a?[redacted] order_6a1f0f3e[redacted] Bearer [redacted]',
      err: { type: 'Error', message: 'outer', cause: { type: 'AxiosError', code: 'ERR_BAD_RESPONSE' } },
    });
  });

  it.each([
    [{ authorization: KEY }],
    [{ partner: { password: KEY } }],
    [{ req: { headers: { 'x-functions-key': KEY, cookie: KEY, Authorization: KEY } } }],
    [{ call: { config: { headers: { authorization: KEY } } } }],
    [{ webhook: { 'webhook-signature': KEY, secret: KEY, token: KEY } }],
    [{ customer: { email: KEY, address: { street: KEY } } }],
  ])('secrets and personal data are hidden by the name of their field, as in %j', (fields) => {
    log.warn(fields, 'careless');
    expect(lines.at(-1)).not.toContain(KEY);
    expect(lines.at(-1)).toContain('[redacted]');
  });

  it("the password of a connection string and webhook secrets are hidden in an error's message", () => {
    log.error(new Error(`cannot reach postgres://orders:${KEY}@db:5432/orders with whsec_${KEY}`));
    expect(lines.at(-1)).not.toContain(KEY);
    expect(last()['msg']).toContain('postgres://orders:[redacted]@db:5432/orders');
  });

  it('each line that an activity writes names order, correlation, activity and attempt', () => {
    const order = anActor({ attributes: '{"correlationId":"corr-1","sessionId":"s"}' });
    const activity: ActivityContext = {
      actorId: order.actorId,
      activityId: 'getProducts',
      taskId: 'getProducts#1',
      idempotencyKey: 'k',
      attempt: 2,
      delivery: 1,
      signal: new AbortController().signal,
      heartbeat: () => undefined,
    };
    runInActivity(activity, () => log.info('before it was seen'));
    expect(last()).toMatchObject({ actorId: order.actorId, activityId: 'getProducts', attempt: 2 });
    context.remember(order);
    runInActivity(activity, () => log.info({ attempt: 3 }, 'within'));
    expect(last()).toMatchObject({ orderId: order.actorId, correlationId: 'corr-1', attempt: 3, msg: 'within' });
    log.info('outside');
    expect(last()).not.toHaveProperty('orderId');
  });

  it('turns, ends and commands are logged with order and correlation, and without the content of events', () => {
    const observer = new LogObserver(log, context);
    const before = anActor({ attributes: '{"correlationId":"corr-2"}', revision: 4 });
    const after = { ...before, revision: 5, completedAt: before.createdAt + 1_500, outcome: 'fulfilled' };
    const event = { type: 'payment.accepted', card: KEY };
    observer.draftCommitted(null, before);
    observer.turnComputed(before.actorId, 'order', { kind: 'event', event, key: 'k' }, 'refused');
    expect(last()).toMatchObject({
      level: 30,
      correlationId: 'corr-2',
      event: 'payment.accepted',
      disposition: 'refused',
    });
    const command = { type: 'suspend', by: 'anna', reason: KEY } as const;
    observer.turnComputed(before.actorId, 'order', { kind: 'command', command, key: null }, 'applied');
    expect(last()).toMatchObject({ level: 30, orderId: before.actorId, command: 'suspend', by: 'anna' });
    observer.draftCommitted(before, after);
    expect(last()).toMatchObject({ level: 30, correlationId: 'corr-2', outcome: 'fulfilled', lifetimeMs: 1_500 });
    expect(lines).toHaveLength(4);
    expect(lines.join('')).not.toContain(KEY);
  });
});
