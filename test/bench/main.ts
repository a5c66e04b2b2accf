import 'reflect-metadata';
import { loadavg } from 'node:os';
import { BenchUsageError, readOptions, type BenchOptions } from './bench-options.js';
import { type BenchStep, stepsOf } from './bench-plan.js';
import { figureTable, progressLine } from './figure-table.js';
import { addJsonLine } from './json-lines.js';
import type { Measurement } from './measurement.js';
import { PeerNotInstalledError } from './peers.js';

/** Prints medians of alternating rounds. See BENCHMARKS.md for the options, and for what the figures are and are not. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  print(`load before: ${load()}\n`);
  const measurements = await measureRounds(options);
  for (const table of new Set(measurements.map((each) => each.table))) {
    const ofTable = measurements.filter((each) => each.table === table);
    print(`\n${figureTable(table, ofTable)}`);
  }
  print(`\nload after: ${load()}\n`);
}

async function measureRounds(options: BenchOptions): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  const missing = new Set<string>();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const step of stepsOf(options)) {
      for (const measurement of await measured(step, round, missing)) {
        measurements.push(measurement);
        if (options.json !== null) addJsonLine(options.json, measurement);
        process.stderr.write(`${progressLine(measurement)}\n`);
      }
    }
  }
  return measurements;
}

/** A peer that is not installed is named once and left out. */
async function measured(step: BenchStep, round: number, missing: Set<string>): Promise<Measurement[]> {
  try {
    return (await step.measure()).map((each) => ({ ...each, table: step.table, round }));
  } catch (error) {
    if (!(error instanceof PeerNotInstalledError)) throw error;
    if (!missing.has(error.message)) process.stderr.write(`${error.message}\n`);
    missing.add(error.message);
    return [];
  }
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

function print(text: string): void {
  process.stdout.write(text);
}

main().catch((error: unknown) => {
  console.error(error instanceof BenchUsageError ? error.message : error);
  process.exitCode = error instanceof BenchUsageError ? 2 : 1;
});
