import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { describeFiring, describeMeasures, ParkedScale } from './scale-run.js';

/** `--parked 100000`: measures 0, a tenth and all of them, then lets every deadline fire. Exit code 1 when one misbehaves. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { parked: { type: 'string', default: '100000' } } });
  const parked = Number(values.parked);
  const scale = await ParkedScale.open();
  try {
    for (const count of [0, Math.floor(parked / 10), parked]) {
      await scale.growTo(count);
      process.stdout.write(describeMeasures([await scale.measure()]));
    }
    const report = await scale.fire(parked);
    process.stdout.write(describeFiring(report));
    for (const violation of report.violations) process.stdout.write(`  ${violation}\n`);
    const wrong = report.firedEarly + report.firedTwice + report.neverFired + report.violations.length;
    if (wrong > 0) process.exitCode = 1;
  } finally {
    await scale.close();
  }
}

void main();
