/** What callers of the service are told while PostgreSQL refuses every statement: each code, at each kind of request. */
import { randomUUID } from 'node:crypto';
import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { SQLSTATES } from './faulty-postgres.js';
import { FaultyHttp } from './faulty-http.js';
import { registerCases } from '../support/register-cases.js';

interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const REASON = { reason: 'asked for by the customer' };

/** One of each kind: reads from the tables and from the actor, commands, keyed ones, those of administrators, bulk ones. */
function requests(id: string): readonly Request[] {
  return [
    { method: 'GET', path: '/orders' },
    { method: 'GET', path: `/order/${id}` },
    { method: 'GET', path: `/order/${id}/status` },
    { method: 'GET', path: `/order/${id}/history` },
    { method: 'GET', path: '/webhook-endpoints' },
    { method: 'GET', path: '/audit' },
    { method: 'GET', path: '/incidents' },
    { method: 'GET', path: '/returns' },
    { method: 'GET', path: '/late-payments' },
    { method: 'GET', path: '/dashboard/counts' },
    { method: 'GET', path: '/webhooks/payments/received' },
    { method: 'GET', path: `/order/${id}/wait?until=ended&timeout=1` },
    { method: 'GET', path: `/order/${id}/stream` },
    { method: 'POST', path: `/order/start/${randomUUID()}`, headers: { 'idempotency-key': randomUUID() } },
    { method: 'POST', path: `/order/${id}/suspend`, body: REASON },
    { method: 'POST', path: `/order/${id}/suspend`, body: REASON, headers: { 'idempotency-key': randomUUID() } },
    { method: 'POST', path: `/order/${id}/cancel`, body: REASON },
    { method: 'POST', path: `/order/${id}/payment-accepted`, body: { ...REASON, paymentId: 'pay_1' } },
    { method: 'POST', path: `/order/${id}/returns`, body: REASON },
    { method: 'POST', path: '/orders/suspend', body: { ...REASON, ids: [id] } },
    { method: 'POST', path: '/orders/purge', body: { ...REASON, ids: [id] } },
    { method: 'POST', path: '/webhook-endpoints', body: { url: 'https://example.com/hooks' } },
  ];
}

describe('The service on a PostgreSQL database that fails', () => {
  let server: PostgresServer;
  let service: FaultyHttp;

  beforeAll(async () => {
    server = await startPostgres();
    service = await FaultyHttp.start(server.url);
  });
  afterAll(async () => {
    await service.close();
    await server.stop();
  });

  it('answers every caller with 503 and `Retry-After`, whatever the code, and serves all of them afterwards (G1)', async () => {
    const { rig } = service;
    const id = await rig.place();
    await rig.payable(id);
    const send = async ({ method, path, headers = {}, body }: Request) => {
      const answer = await fetch(`${rig.service.url}${path}`, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body: await answer.json() };
    };

    const wrong: unknown[] = [];
    let cases = 0;
    for (const code of SQLSTATES) {
      service.failWith(code);
      const all = requests(id);
      const answers = await Promise.all(all.map(send));
      for (const [at, answer] of answers.entries()) {
        cases += 1;
        if (answer.status !== 503 || !Number(answer.retryAfter)) wrong.push({ code, request: all[at]?.path, answer });
      }
    }
    expect(wrong).toEqual([]);

    service.failWith(null);
    await rig.when(id, 'payable again', ({ waitingFor }) => waitingFor?.for === 'payment');
    await rig.payable(await rig.place());
    registerCases(1_364, cases);
  });
});
