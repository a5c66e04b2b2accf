import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { describeSoak } from './soak-report.js';
import { runSoak } from './soak-run.js';

/** `--kills 1000 --customers 20 --seed 1`: the long run. Exit code 1 when anything was lost or violated. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '1000' },
      customers: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  const report = await runSoak({
    kills: Number(values.kills),
    customers: Number(values.customers),
    seed: Number(values.seed),
    progress: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(describeSoak(report));
  if (report.lost.length + report.violations.length > 0) process.exitCode = 1;
}

void main();
