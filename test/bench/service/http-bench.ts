import { randomUUID } from 'node:crypto';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ANSWERS, TOTAL } from '../../model/order-fixture.js';
import { compiled } from '../../support/compiled-sources.js';
import { closedLoop, loopFigures, type OrderDriver } from '../engine/closed-loop.js';
import type { Figures } from '../report/figures.js';

interface Message {
  readonly port?: number;
  readonly cpu?: NodeJS.CpuUsage;
  readonly id?: string;
  readonly passage?: string;
}

const WARM_UP = 300;

/** Orders placed and paid over HTTP on loopback: two requests an order. CPU is the service's; the client's is not in it. */
export async function benchHttp(orders: number, concurrency: number): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-bench-'));
  const child = fork(compiled('test/bench/service/bench-server.js'), [path.join(folder, 'orders.db')]);
  const agent = new Agent({ keepAlive: true });
  try {
    const passed = new Set<string>();
    const waiting = new Map<string, () => void>();
    child.on('message', ({ id, passage }: Message) => {
      if (id === undefined) return;
      const key = `${id} ${passage}`;
      const resolve = waiting.get(key);
      if (resolve === undefined) passed.add(key);
      else resolve();
      waiting.delete(key);
    });
    const passes = (id: string, passage: string): Promise<void> => {
      const key = `${id} ${passage}`;
      if (passed.delete(key)) return Promise.resolve();
      return new Promise((resolve) => waiting.set(key, resolve));
    };
    const [{ port = 0 }] = (await once(child, 'message')) as [Message]; // what bench-server.ts sends first
    const post = (route: string, body?: object) => send(agent, port, route, body);
    const driver: OrderDriver = {
      start: async () => (JSON.parse(await post(`/order/start/${randomUUID()}`)) as { id: string }).id, // the contract of the route
      parked: (id) => passes(id, 'parked'),
      pay: async (id) => {
        await post(`/order/${id}/payment-accepted`, { paymentId: ANSWERS.startPayment.paymentId, amount: TOTAL });
      },
      ended: (id) => passes(id, 'ended'),
    };
    const cpu = async (): Promise<number> => {
      child.send('cpu');
      const [{ cpu: used }] = (await once(child, 'message')) as [Message]; // nothing else is under way
      return (used?.user ?? NaN) + (used?.system ?? NaN);
    };
    await closedLoop(driver, WARM_UP, concurrency);
    const before = await cpu();
    const loop = await closedLoop(driver, orders, concurrency);
    return { ...loopFigures(loop), cpuMicrosPerOrder: ((await cpu()) - before) / orders };
  } finally {
    agent.destroy();
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

function send(agent: Agent, port: number, route: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const call = request({ agent, port, host: '127.0.0.1', method: 'POST', path: route, headers }, (answer) => {
      let received = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (received += chunk));
      answer.on('end', () => {
        if (answer.statusCode === 202) resolve(received);
        else reject(new Error(`${route} was answered ${answer.statusCode ?? 0}: ${received}`));
      });
      answer.on('error', reject);
    });
    call.on('error', reject);
    call.end(text);
  });
}
