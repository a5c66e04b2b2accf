/**
 * Simulates from the command line: `--seed 1 --orders 100000`, and to replay one world `--seed 1 --world 3`.
 * `--break <mutant>` breaks a promise on purpose; `--spare "claim lostAnswer"` leaves a fault out.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMutant, MUTANTS } from './mutants.js';
import { simulate, summary } from './simulation-run.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '10000' },
    'per-world': { type: 'string', default: '1000' },
    processes: { type: 'string', default: String(availableParallelism()) },
    world: { type: 'string' },
    break: { type: 'string' },
    spare: { type: 'string', multiple: true, default: [] },
  },
});

async function main(): Promise<void> {
  const mutant = values.break;
  if (mutant !== undefined && !isMutant(mutant)) throw new Error(`Mutants are: ${MUTANTS.join(', ')}`);
  const seed = Number(values.seed);
  const result = await simulate(join(__dirname, 'simulation-child.js'), {
    seed,
    orders: Number(values.orders),
    ordersPerWorld: Number(values['per-world']),
    processes: Number(values.processes),
    world: values.world === undefined ? undefined : Number(values.world),
    mutant,
    spared: values.spare,
    onReport: ({ world, orders, processes, violations, traceHash }) => {
      const found = violations.length === 0 ? '' : `, ${violations.length} violations`;
      console.info(
        `world ${world}: ${orders} orders on ${processes} processes${found}, trace ${traceHash.slice(0, 16)}`,
      );
    },
  });
  console.info(summary(seed, result));
  for (const { world, invariant, orderId, detail, at } of result.violations.slice(0, 20)) {
    console.info(`VIOLATION in world ${world}: ${invariant}: ${orderId}: ${detail} (at ${at})`);
    process.exitCode = 1;
  }
}

void main();
