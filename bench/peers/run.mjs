#!/usr/bin/env node
// Drives one peer through the order flow and prints its figures as one JSON object. See README.md.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { closedLoop, percentile } from './closed-loop.mjs';
import { Deployment } from './deployment.mjs';
import { missingPackages, PEERS } from './peers.mjs';

const NOT_INSTALLED = 3;
/** Orders that do not count: as many as of this project's engine, but a slow peer gets fewer. */
const WARM_UP = 300;
const WARM_UP_SHARE = 5;

const { values } = parseArgs({
  options: {
    peer: { type: 'string' },
    orders: { type: 'string', default: '800' },
    concurrency: { type: 'string', default: '100' },
  },
});
const peer = PEERS[values.peer ?? ''];
const [orders, concurrency] = [Number(values.orders), Number(values.concurrency)];
if (peer === undefined) refuse(`--peer takes one of: ${Object.keys(PEERS).join(', ')}.`);
if (![orders, concurrency].every((each) => Number.isInteger(each) && each > 0)) {
  refuse('--orders and --concurrency take whole numbers from 1.');
}
const missing = missingPackages(peer);
if (missing.length > 0) {
  console.error(`${values.peer} is left out, for want of ${missing.join(', ')}. Install: npm ci --prefix bench/peers`);
  process.exit(NOT_INSTALLED);
}
console.log(JSON.stringify(await figuresOf()));
process.exit(0);

function refuse(message) {
  console.error(message);
  process.exit(2);
}

async function figuresOf() {
  const deployment = await Deployment.start(peer, { connections: concurrency });
  try {
    const run = randomUUID().slice(0, 8);
    await closedLoop(deployment, Math.min(WARM_UP, orders * WARM_UP_SHARE), concurrency, (n) => `w${run}-${n}`);
    const [cpuBefore, useBefore] = [await deployment.cpu(), await deployment.use()];
    const loop = await closedLoop(deployment, orders, concurrency, (n) => `o${run}-${n}`);
    const [cpu, use] = [await deployment.cpu(), await deployment.use()];
    const spent = (part) => (cpu[part] - cpuBefore[part]) / orders;
    const grown = (part) => (use[part] - useBefore[part]) / orders;
    return {
      ordersPerSecond: orders / loop.seconds,
      startToParkedP50Ms: percentile(loop.startToParked, 0.5),
      startToParkedP99Ms: percentile(loop.startToParked, 0.99),
      paidToEndedP50Ms: percentile(loop.paidToEnded, 0.5),
      paidToEndedP99Ms: percentile(loop.paidToEnded, 0.99),
      cpuMicrosPerOrder: spent('worker') + spent('driver'),
      ...(cpu.server === null ? {} : { serverCpuMicrosPerOrder: spent('server') }),
      ...(use.bytes === null ? {} : { bytesPerOrder: grown('bytes') }),
      ...(use.walBytes === undefined ? {} : { walBytesPerOrder: grown('walBytes') }),
    };
  } finally {
    await deployment.stop();
  }
}
