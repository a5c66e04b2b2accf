import 'reflect-metadata';
import { loadavg } from 'node:os';
import { readOptions, type BenchOptions } from './bench-options.js';
import { type BenchStep, stepsOf } from './bench-plan.js';
import { BenchUsageError } from './bench-usage-error.js';
import { figureTable, progressLine } from './report/figure-table.js';
import { addJsonLine } from './report/json-lines.js';
import type { Measurement } from './report/measurement.js';
import { PeerNotInstalledError } from './peers.js';
import { measureRatios } from './ratios/ratio-rounds.js';
import { compareRatios, describeComparison } from './ratios/ratios.js';
import { readRatios, recordRatios } from './ratios/recorded-ratios.js';

/** Prints medians of alternating rounds. See BENCHMARKS.md for the options, and for what the figures are and are not. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  print(`load before: ${load()}\n`);
  if (options.ratios === null) await printRounds(options);
  else await checkRatios(options, options.ratios);
  print(`\nload after: ${load()}\n`);
}

async function printRounds(options: BenchOptions): Promise<void> {
  const measurements: Measurement[] = [];
  const missing = new Set<string>();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const step of stepsOf(options)) {
      for (const measurement of await measured(step, round, missing)) {
        measurements.push(measurement);
        tell(measurement, options);
      }
    }
  }
  printTables(measurements);
}

/** Sets the exit code 1 when a ratio to the probe is much lower than the recorded one. */
async function checkRatios(options: BenchOptions, what: 'check' | 'record'): Promise<void> {
  const recorded = what === 'check' ? readRatios() : null;
  const measurements: Measurement[] = [];
  const ratios = await measureRatios(options.rounds, (measurement) => {
    measurements.push(measurement);
    tell(measurement, options);
  });
  printTables(measurements);
  if (recorded === null) {
    recordRatios(ratios, options.rounds);
    return;
  }
  const comparisons = compareRatios(recorded.ratios, ratios);
  print(`\nRatios to the probe; more is better.\n${comparisons.map(describeComparison).join('\n')}\n`);
  if (comparisons.some(({ isKept }) => !isKept)) process.exitCode = 1;
}

function tell(measurement: Measurement, { json }: BenchOptions): void {
  if (json !== null) addJsonLine(json, measurement);
  process.stderr.write(`${progressLine(measurement)}\n`);
}

function printTables(measurements: readonly Measurement[]): void {
  for (const table of new Set(measurements.map((each) => each.table))) {
    const ofTable = measurements.filter((each) => each.table === table);
    print(`\n${figureTable(table, ofTable)}`);
  }
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
