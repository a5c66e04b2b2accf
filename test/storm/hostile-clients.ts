/** Clients that want to hurt: each does one thing, again and again, as fast as it is answered. */
import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';

export interface Target {
  readonly url: string;
  /** A key that a hostile shop has. */
  readonly clientKey: string;
  /** A parked order of that shop. */
  readonly orderId: string;
}

/** @returns the status it was answered with. */
type Attack = (target: Target) => Promise<number>;

const LATE_MS = 20_000;
/** As far apart as a network puts the requests of one connection. */
const PAUSE_MS = 20;
const key = ({ clientKey }: Target) => ({ 'x-functions-key': clientKey });
const json = { 'content-type': 'application/json' };

async function ask(target: Target, path: string, init: RequestInit = {}): Promise<number> {
  const answer = await fetch(`${target.url}${path}`, { ...init, signal: AbortSignal.timeout(LATE_MS) });
  await answer.arrayBuffer();
  return answer.status;
}

const post = (target: Target, path: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
  ask(target, path, { method: 'POST', headers: { ...json, ...headers }, body });

const deep = `${'{"a":'.repeat(1_500)}1${'}'.repeat(1_500)}`;
const many = JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}`, n])));
const large = JSON.stringify({ reason: 'x'.repeat(200_000) });

/** Holds a connection on which little or nothing more is said. */
function hold(target: Target, first: string, ms: number): Promise<number> {
  const { hostname, port } = new URL(target.url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(first));
    const done = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(0);
    };
    const timer = setTimeout(done, ms);
    socket.on('error', done);
    socket.on('close', done);
    socket.on('data', () => undefined);
  });
}

const head = (method: string, path: string, lines: readonly string[]) =>
  [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...lines, '', ''].join('\r\n');
const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

export const ATTACKS: Readonly<Record<string, Attack>> = {
  'large bodies of strangers': (target) => post(target, `/order/${target.orderId}/cancel`, large),
  'large bodies': (target) => post(target, `/order/${target.orderId}/cancel`, large, key(target)),
  'deep bodies': (target) => post(target, `/order/${target.orderId}/cancel`, deep, key(target)),
  'bodies of many fields': (target) => post(target, `/order/${target.orderId}/cancel`, many, key(target)),
  'ill-formed text': (target) =>
    post(target, `/order/${target.orderId}/cancel`, '{"reason":"\\ud800\\u0000"}', key(target)),
  'ill-formed queries': (target) => ask(target, '/orders?search=%00%ff', { headers: key(target) }),
  'guessed keys': (target) => ask(target, '/orders', { headers: { 'x-functions-key': randomUUID() } }),
  'forged webhooks': (target) =>
    post(target, '/webhooks/payments', many, {
      'webhook-id': randomUUID(),
      'webhook-timestamp': '1',
      'webhook-signature': 'v1,x',
    }),
  'cancellations without end': (target) =>
    post(target, `/order/${target.orderId}/cancel`, '{}', { ...key(target), 'idempotency-key': randomUUID() }),
  'one key again and again': (target) =>
    post(target, `/order/${target.orderId}/cancel`, '{}', { ...key(target), 'idempotency-key': 'the-same' }),
  'orders of carts that are not there': (target) => post(target, `/order/start/${randomUUID()}`, '{}', key(target)),
  'streams that are not read': (target) =>
    hold(target, head('GET', `/order/${target.orderId}/stream`, [`x-functions-key: ${target.clientKey}`]), 5_000),
  'HEAD on streams': (target) =>
    ask(target, `/order/${target.orderId}/stream`, { method: 'HEAD', headers: key(target) }),
  'WebSockets without a key': (target) =>
    hold(target, head('GET', `/dashboard/inspect/${target.orderId}/feed`, UPGRADE), 5_000),
  'requests that do not end': (target) =>
    hold(
      target,
      head('POST', `/order/${target.orderId}/cancel`, ['Content-Type: application/json', 'Content-Length: 1000']),
      5_000,
    ),
};

/** Attacks until it is stopped. @returns how often it was answered with which status. */
export async function attack(name: string, target: Target, isOver: () => boolean): Promise<Map<string, number>> {
  const statuses = new Map<string, number>();
  const run = ATTACKS[name];
  if (run === undefined) throw new Error(`There is no attack ${name}.`);
  while (!isOver()) {
    const status = await run(target).then(String, (error: unknown) =>
      error instanceof Error ? error.name : 'unknown',
    );
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    // A client on the same machine takes its processor time from the service: it pauses, as the network would have it.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return statuses;
}
