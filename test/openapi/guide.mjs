/**
 * Writes docs/API.md: every call of the API, its answers, and an example that the service really gave, in a scenario that
 * is played against it here. Fails when a call of the document has no example. Needs a build.
 */
import { createHash, createHmac } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import * as prettier from 'prettier';
import { Webhook } from 'standardwebhooks';
import { RULES } from './guide-rules.mjs';
import { root, startService } from './service-process.mjs';

const FILE = path.join(root, 'docs/API.md');
const KEY = 'dev-function-key-0001';
const LOST_KEY = 'dev-function-key-0002';
const WEBHOOK_SECRET = `whsec_${Buffer.from('the-secret-of-the-guide-01').toString('base64')}`;
const STRIPE_SECRET = 'whsec_stripe_secret_of_the_guide';
const LONGEST_TEXT = 1_400;

const document = JSON.parse(await readFile(path.join(root, 'docs/openapi.json'), 'utf8'));
const operations = new Map(
  Object.entries(document.paths).flatMap(([route, item]) =>
    Object.entries(item).map(([method, operation]) => [operation.operationId, { route, method, ...operation }]),
  ),
);
const examples = new Map();

/** The same names in every run: what is drawn by chance or told by the clock is replaced in order of appearance. */
const names = new Map();
function steady(text) {
  const name = (kind, pattern) => {
    text = text.replace(pattern, (found) => {
      if (!names.has(found)) {
        const count = [...names.values()].filter((each) => each.kind === kind).length + 1;
        names.set(found, { kind, count });
      }
      const { count } = names.get(found);
      return kind === 'guid' ? `00000000-0000-4000-8000-${String(count).padStart(12, '0')}` : `${kind}_${count}`;
    });
  };
  text = text.replace(/http:\/\/(127\.0\.0\.1|localhost):\d+/g, 'http://localhost:3000');
  text = text.replace(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '2026-01-31T12:00:00.000Z');
  text = text.replace(/\b1[78]\d{11}\b/g, '1769860800000');
  text = text.replace(/\b00\d{13}-(?=[0-9a-f]{8}-)/g, '001769860800000+');
  name(
    'guid',
    /(?<![0-9a-f]|[0-9a-f]-)(?!([1-9])\1{7}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/g,
  );
  text = text
    .replaceAll('001769860800000+', '001769860800000-')
    .replace(/(order_[0-9a-f-]{36}_)[\w-]+/g, '$1…')
    .replace(/(late-payment-[0-9a-f-]{36}-)[\w-]{22}/g, '$1…')
    .replace(/whsec_[\w+/=]+/g, 'whsec_…')
    .replace(/"next": "[\w-]{40,}"/g, '"next": "…"')
    .replace(/(webhook-timestamp: |\bt=)\d{10}/g, '$11769860800')
    .replace(/\bv1([,=])[\w+/=]{40,}/g, 'v1$1…');
  return text
    .replace(/"(durationMs|latenessMs|timerLagMs|uptimeMs)":\s*\d+/g, '"$1": 7')
    .replace(/"(startedAt|node|version|commit)":\s*"[^"]*"/g, (all, key) =>
      key === 'startedAt' ? all : `"${key}": "…"`,
    );
}

const service = await startService({
  ORDER_API_KEYS: `${KEY},${LOST_KEY}`,
  PAYMENT_WEBHOOK_SECRETS: WEBHOOK_SECRET,
  STRIPE_WEBHOOK_SECRETS: STRIPE_SECRET,
  ONE_ORDER_PER_CART: 'false',
  WEBHOOK_ALLOW_PRIVATE: 'true',
  RETRY_FIRST_INTERVAL_MS: '10',
  RETRY_MAX_ATTEMPTS: '1',
  SANDBOX_LATENCY_MS: '0',
  SANDBOX_WEBHOOK_SECRET: WEBHOOK_SECRET,
});
const receiver = createServer((request, response) => request.resume().on('end', () => response.writeHead(204).end()));
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));

/** Sends a request and keeps it with its answer as the example of its call, unless there is one. */
async function call(operationId, { path: places = {}, query = {}, headers = {}, body, raw } = {}) {
  const { route, method } = operations.get(operationId) ?? fail(`There is no call ${operationId}.`);
  const target = Object.entries(places).reduce((url, [name, value]) => url.replace(`{${name}}`, value), route);
  const search = new URLSearchParams(query).toString();
  const url = `${target}${search === '' ? '' : `?${search}`}`;
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const given = {
    ...(document.paths[route][method].security === undefined ? {} : { 'x-functions-key': KEY }),
    ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  };
  const end = new AbortController();
  const answer = await fetch(`${service.url}${url}`, {
    method: method.toUpperCase(),
    headers: given,
    body: sent,
    signal: end.signal,
  });
  const type = answer.headers.get('content-type') ?? '';
  const text = type.startsWith('text/event-stream') ? await firstMessages(answer) : await answer.text();
  end.abort();
  if (!answer.ok) fail(`${operationId} was answered ${answer.status}: ${text}`);
  if (!examples.has(operationId)) examples.set(operationId, { method, url, headers: given, sent, answer, type, text });
  return type.includes('json') && text !== '' ? JSON.parse(text) : text;
}

function fail(message) {
  throw new Error(message);
}

async function firstMessages(answer) {
  let text = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.split('\n\n').length > 4) break;
  }
  return text.split('\n\n').slice(0, 4).join('\n\n');
}

async function until(what, ask) {
  for (let tries = 0; tries < 600; tries += 1) {
    const found = await ask();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return fail(`Waited in vain for ${what}.`);
}

const CART = '11111111-1111-4111-8111-111111111111';
let placed = 0;
const start = async () =>
  (
    await call('OrderStart_start', {
      path: { sessionId: CART },
      headers: { 'idempotency-key': `guide-${(placed += 1)}` },
    })
  ).id;
const at = (id) => ({ path: { id } });
const waitFor = (id, goal) => call('OrderStream_wait', { ...at(id), query: { until: goal, timeout: '30' } });
const payable = async () => {
  const id = await start();
  await waitFor(id, 'payable');
  return id;
};
const faults = (plan) =>
  fetch(`${service.sandbox}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(plan),
  });
const reason = { reason: 'The customer asked for it.' };

async function play() {
  for (const simple of ['Health_live', 'Health_ready', 'Health_build', 'Counts_counts', 'Machines_list'])
    await call(simple);
  await call('Machines_file', { path: { file: 'order.mmd' } });
  await call('Machines_chart', { path: { id: 'order' } });

  const paid = await payable();
  await call('OrderRead_status', at(paid));
  await call('OrderRead_get', at(paid));
  const { payment } = await call('OrderRead_get', at(paid));
  const message = JSON.stringify({
    type: 'payment.accepted',
    timestamp: new Date().toISOString(),
    data: { orderId: paid, paymentId: payment.paymentId, amount: payment.amount },
  });
  const now = new Date();
  const signature = new Webhook(WEBHOOK_SECRET).sign('msg_guide_1', now, message);
  await call('PaymentWebhook_receive', {
    raw: message,
    headers: {
      'webhook-id': 'msg_guide_1',
      'webhook-timestamp': String(Math.floor(now / 1_000)),
      'webhook-signature': signature,
    },
  });
  await waitFor(paid, 'ended');
  await call('OrderRead_history', { ...at(paid), query: { limit: '3' } });
  await call('OrderStream_stream', at(paid));
  const received = await call('ReceivedWebhook_list', { query: { limit: '1' } });
  await call('ReceivedWebhook_get', at(received.items[0].id));
  await call('ReceivedWebhook_replay', { ...at(received.items[0].id), body: reason });
  await call('OrderToken_make', at(paid));
  await call('OrderToken_revoke', { ...at(paid), body: { reason: 'The customer passed the link on.' } });
  await call('Key_list');
  const fingerprint = createHash('sha256').update(LOST_KEY).digest('hex').slice(0, 16);
  await call('Key_revoke', { path: { fingerprint }, body: { reason: 'Left in a chat.' } });
  await call('Audit_list', { query: { limit: '2' } });

  const striped = await payable();
  const event = JSON.stringify({
    id: 'evt_guide_1',
    object: 'event',
    type: 'payment_intent.payment_failed',
    data: { object: { id: 'pi_guide', metadata: { orderId: striped }, last_payment_error: { code: 'card_declined' } } },
  });
  const seconds = Math.floor(Date.now() / 1_000);
  const v1 = createHmac('sha256', STRIPE_SECRET).update(`${seconds}.${event}`).digest('hex');
  await call('StripeWebhook_receive', { raw: event, headers: { 'stripe-signature': `t=${seconds},v1=${v1}` } });

  await call('OrderCommand_acceptPayment', at(await payable()));
  await call('OrderCommand_rejectPayment', { ...at(await payable()), body: { reason: 'card_declined' } });
  await call('OrderCommand_cancel', { ...at(await payable()), body: reason });
  await call('OrderCommand_send', { path: { id: await payable(), name: 'order.cancel' }, body: reason });
  const held = await payable();
  await call('OrderOperator_suspend', { ...at(held), body: reason });
  await call('OrderOperator_resume', { ...at(held), body: { ...reason, deadlines: 'move' } });
  await call('OrderOperator_terminate', { ...at(held), body: reason });
  await call('OrderRestart_restart', { ...at(held), body: reason });
  await call('OrderPurge_purge', { ...at(held), query: reason });

  await faults([{ service: 'shipping', kind: 'status', status: 503 }]);
  const [retried, skipped] = [await start(), await start()];
  for (const id of [retried, skipped]) await waitFor(id, 'incident');
  await call('Incident_list', { query: { open: 'true', limit: '1' } });
  await call('OrderBulk_command', {
    path: { action: 'retry' },
    body: { filter: { incident: true }, reason: 'Shipping is back.', dryRun: true },
  });
  if (operations.has('OrderOperator_skip')) {
    const output = { quoteId: 'agreed-by-phone', carrier: 'Post', amount: { amount: 490, currency: 'EUR' } };
    await call('OrderOperator_skip', { ...at(skipped), body: { ...reason, output } });
  }
  await faults([]);
  await call('OrderOperator_retry', { ...at(retried), body: { reason: 'Shipping is back.' } });
  await call('OrderBulk_purge', {
    body: { filter: { outcome: ['cancelled'] }, reason: 'Older than we keep.', dryRun: true },
  });
  await call('OrderRead_list', { query: { limit: '1' } });
  await call('OrderStream_streamAll', { query: {} });

  const unknown = JSON.stringify({
    type: 'payment.accepted',
    timestamp: new Date().toISOString(),
    data: {
      orderId: '99999999-9999-4999-8999-999999999999',
      paymentId: 'pay_of_nobody',
      amount: { amount: 1, currency: 'EUR' },
    },
  });
  const then = new Date();
  await call('PaymentWebhook_receive', {
    raw: unknown,
    headers: {
      'webhook-id': 'msg_guide_2',
      'webhook-timestamp': String(Math.floor(then / 1_000)),
      'webhook-signature': new Webhook(WEBHOOK_SECRET).sign('msg_guide_2', then, unknown),
    },
  });
  if (operations.has('Incident_resolve')) {
    const { items } = await call('Incident_list', { query: { open: 'true' } });
    const incident =
      items.find((each) => each.orderId.startsWith('99999999')) ?? fail('No incident of the unknown order.');
    await call('Incident_resolve', { path: { incidentId: incident.id }, body: { reason: 'A test of the provider.' } });
  }

  const back = await call('Return_request', { ...at(paid), body: { reason: 'The grinder is dented.' } });
  const ofReturn = at(back.id);
  await call('returns_get', ofReturn);
  await call('returns_list', { query: { limit: '1' } });
  await call('returns_history', { ...ofReturn, query: { limit: '2' } });
  await call('returns_command', { path: { id: back.id, command: 'approve' }, body: reason });

  const orders = await Promise.all([payable(), payable(), payable(), payable(), payable(), payable()]);
  for (const id of orders.slice(3)) {
    await call('OrderCommand_cancel', { ...at(id), body: reason });
    await waitFor(id, 'ended');
  }
  await faults([{ service: 'payments', operation: 'refund', kind: 'status', status: 503 }]);
  for (const [n, id] of orders.entries()) {
    const { payment: asked } = await call('OrderRead_get', at(id));
    await fetch(`${service.sandbox}/payments/${asked.paymentId}/checkout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ decision: 'accept', ...(n > 2 && { settlesLate: true }) }),
    });
  }
  const returned = [];
  for (const id of orders.slice(0, 3)) {
    await waitFor(id, 'ended');
    const { id: returnId } = await call('Return_request', { ...at(id), body: { reason: 'The grinder is dented.' } });
    for (const command of ['approve', 'received'])
      await call('returns_command', { path: { id: returnId, command }, body: reason });
    await until('the return to wait for a person', async () => (await call('returns_get', at(returnId))).incident);
    returned.push(returnId);
  }
  const lates = await until('the late payments to wait for a person', async () => {
    const { items } = await call('late-payments_list');
    const waiting = items.filter((each) => each.incident);
    return waiting.length === 3 && waiting;
  });
  const [waiting] = lates;
  examples.delete('late-payments_list'); // the first looks came too early
  await call('late-payments_list', { query: { limit: '1' } });
  await call('late-payments_get', at(waiting.id));
  await call('late-payments_history', { ...at(waiting.id), query: { limit: '2' } });
  await faults([]);
  const { amount } = await call('returns_get', at(returned[1]));
  await call('returns_retry', { ...at(returned[0]), body: { reason: 'The provider is back.' } });
  await call('returns_skip', {
    ...at(returned[1]),
    body: { reason: 'Given back in the shop.', output: { refundId: 'till-7', amount } },
  });
  await call('returns_terminate', { ...at(returned[2]), body: reason });
  const { paymentId, captured } = await call('late-payments_get', at(lates[1].id));
  await call('late-payments_retry', { ...at(lates[0].id), body: { reason: 'The provider is back.' } });
  await call('late-payments_skip', {
    ...at(lates[1].id),
    body: {
      reason: 'Given back in the shop.',
      output: { paymentId, status: 'refunded', amount: captured, checkoutUrl: 'https://pay.example.com/p-1' },
    },
  });
  await call('late-payments_terminate', { ...at(lates[2].id), body: reason });

  const hooks = `http://127.0.0.1:${receiver.address().port}/hooks/orders`;
  const { id: endpointId } = await call('WebhookEndpoint_register', {
    body: { url: hooks, events: ['order.completed'], description: 'The shop' },
  });
  const endpoint = { path: { endpointId } };
  await call('WebhookEndpoint_list');
  await call('WebhookEndpoint_get', endpoint);
  await call('WebhookEndpoint_update', { ...endpoint, body: { description: "The shop's orders" } });
  await call('WebhookEndpoint_rotate', endpoint);
  const { id: deliveryId } = await call('WebhookDelivery_test', endpoint);
  const delivery = { path: { endpointId, deliveryId } };
  await until('the delivery', async () => {
    const answer = await fetch(`${service.url}/webhook-endpoints/${endpointId}/deliveries/${deliveryId}`, {
      headers: { 'x-functions-key': KEY },
    });
    return ['delivered', 'failed'].includes((await answer.json()).state);
  });
  await call('WebhookDelivery_list', endpoint);
  await call('WebhookDelivery_get', delivery);
  await call('WebhookDelivery_replay', delivery);
  await call('WebhookEndpoint_disable', endpoint);
  await call('WebhookEndpoint_enable', endpoint);
  await call('WebhookEndpoint_remove', endpoint);
}

const HEADERS_SHOWN = ['location', 'retry-after', 'etag', 'idempotency-replayed'];

function exampleText({ method, url, headers, sent, answer, type, text }) {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const answerHead = [...answer.headers]
    .filter(([name, value]) => HEADERS_SHOWN.includes(name) && !value.startsWith('W/'))
    .map(([name, value]) => `${name}: ${value}`);
  const pretty = (body) => {
    try {
      return JSON.stringify(JSON.parse(body), null, 2);
    } catch {
      return body;
    }
  };
  const body = type.includes('json') ? pretty(text) : text;
  const shown = steady(body);
  return [
    steady([`${method.toUpperCase()} ${url}`, ...head, ...(sent === undefined ? [] : ['', pretty(sent)])].join('\n')),
    '',
    steady([`${answer.status} ${answer.statusText}`, ...answerHead].join('\n')),
    ...(shown === '' ? [] : ['', shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT).trimEnd()}\n…` : shown]),
  ].join('\n');
}

function whoMay({ security }) {
  if (security === undefined) return 'anybody';
  return security.some((each) => 'orderToken' in each) ? 'key, or the order’s token' : 'key';
}

function guide() {
  const tagged = new Map();
  for (const [operationId, operation] of operations) {
    const [tag = 'others'] = operation.tags ?? [];
    tagged.set(tag, [...(tagged.get(tag) ?? []), [operationId, operation]]);
  }
  const anchor = (operationId) => operationId.toLowerCase();
  const lines = [
    '# The API, call by call',
    '',
    'Made by `npm run api:guide`: every example was really asked of a running service and answered by it. Ids, times and signatures',
    'are replaced, long answers cut. The schemas are in [openapi.json](openapi.json); `/docs` of a running service lets you try them.',
    '',
    RULES.trim(),
    '',
  ];
  for (const [tag, calls] of [...tagged].sort()) {
    lines.push(
      `## ${tag[0].toUpperCase()}${tag.slice(1)}`,
      '',
      '| call | what | for | answers |',
      '| --- | --- | --- | --- |',
    );
    for (const [operationId, operation] of calls) {
      const codes = Object.keys(operation.responses).join(' ');
      lines.push(
        `| [\`${operation.method.toUpperCase()} ${operation.route}\`](#${anchor(operationId)}) | ${operation.summary ?? ''} | ${whoMay(operation)} | ${codes} |`,
      );
    }
    lines.push('');
    for (const [operationId, operation] of calls) {
      const example = examples.get(operationId) ?? fail(`${operationId} has no example.`);
      lines.push(
        `<a id="${anchor(operationId)}"></a>`,
        '',
        `### ${operation.summary ?? operationId}`,
        '',
        ...(operation.description === undefined ? [] : [operation.description, '']),
        '```http',
        exampleText(example),
        '```',
        '',
      );
    }
  }
  return lines.join('\n');
}

try {
  await play();
  const missing = [...operations.keys()].filter((operationId) => !examples.has(operationId));
  if (missing.length > 0) fail(`No example of: ${missing.join(', ')}.`);
  await writeFile(FILE, await prettier.format(guide(), { ...(await prettier.resolveConfig(FILE)), filepath: FILE }));
  console.log(`guide: ${examples.size} calls, each with an example of the service`);
} finally {
  receiver.close();
  await service.stop();
}
