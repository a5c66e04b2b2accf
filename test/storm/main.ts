import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { describeStorm, isServed, isWhole, runStorm } from './storm-run.js';

/**
 * `npm run storm -- --seconds 600`: hostile clients of every kind against a service with keys, while honest ones place
 * orders. Exit code 1 when an order was lost or is stuck, when memory grew beyond its bound, or when honest requests took
 * more than three times as long. `--untimed` leaves the last one out, for machines that do other things too.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '600' }, untimed: { type: 'boolean', default: false } },
  });
  const report = await runStorm(Number(values.seconds) * 1_000);
  process.stdout.write(describeStorm(report));
  process.exit(isWhole(report) && (values.untimed || isServed(report)) ? 0 : 1);
}

void main();
