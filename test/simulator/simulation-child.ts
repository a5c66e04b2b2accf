/** A process of its own that runs its share of the worlds and prints each one's report as a line of JSON. */
import { worldSeed } from './random-source.js';
import type { ChildOrder } from './simulation-run.js';
import { World } from './world.js';

// Thousands of errors are part of every world, and nobody reads where they were made.
Error.stackTraceLimit = 0;

async function run({ seed, worlds, ordersPerWorld, mutant, spared }: ChildOrder): Promise<void> {
  for (const world of worlds) {
    const started = process.cpuUsage();
    const report = await new World({ seed: worldSeed(seed, world), orders: ordersPerWorld, mutant, spared }).run();
    const { user, system } = process.cpuUsage(started);
    console.info(JSON.stringify({ world, cpuMs: Math.round((user + system) / 1_000), ...report }));
    if (report.violations.length > 0) return;
  }
}

void run(JSON.parse(process.argv[2] ?? '{}') as ChildOrder); // written by simulation.run.ts
