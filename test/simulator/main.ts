/** Runs simulated worlds from the command line: `--seed 1 --orders 10000 [--per-world 1000] [--world 3] [--break <sabotage>]`. */
import { parseArgs } from 'node:util';
import { worldSeed } from './random.source.js';
import { isSabotage, SABOTAGES } from './sabotage.js';
import { World } from './world.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '1000' },
    'per-world': { type: 'string', default: '1000' },
    world: { type: 'string' },
    break: { type: 'string' },
    spare: { type: 'string', multiple: true, default: [] },
    verbose: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  const seed = Number(values.seed);
  const perWorld = Number(values['per-world']);
  const sabotage = values.break ?? null;
  if (sabotage !== null && !isSabotage(sabotage)) throw new Error(`Sabotages are: ${SABOTAGES.join(', ')}`);
  const worlds =
    values.world === undefined
      ? Array.from({ length: Math.ceil(Number(values.orders) / perWorld) }, (_, index) => index)
      : [Number(values.world)];
  const started = process.hrtime.bigint();
  let orders = 0;
  for (const world of worlds) {
    const report = await new World({
      seed: worldSeed(seed, world),
      orders: perWorld,
      sabotage,
      spared: values.spare,
    }).run();
    orders += report.orders;
    console.info(JSON.stringify({ world, ...report }));
    if (report.violations.length > 0) process.exitCode = 1;
    if (report.violations.length > 0) break;
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.info(JSON.stringify({ orders, seconds, ordersPerSecond: Math.round(orders / seconds) }));
}

void main();
