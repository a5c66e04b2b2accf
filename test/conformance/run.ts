import type { Observation } from './observation.js';
import type { ConformanceCase, Scenario, Step } from './scenario.js';

/** One way to run a machine through a scenario. */
interface Run {
  /** Takes the step and lets everything it causes come to rest. */
  take(step: Step): Promise<void>;
  observe(): Observation;
  close(): Promise<void>;
}

export type StartRun = (machine: ConformanceCase['machine'], scenario: Scenario) => Promise<Run>;

/** Before the first step, and after each. */
export async function trace(start: StartRun, { machine }: ConformanceCase, scenario: Scenario): Promise<Observation[]> {
  const run = await start(machine, scenario);
  try {
    const observations = [run.observe()];
    for (const step of scenario.steps) {
      await run.take(step);
      observations.push(run.observe());
    }
    return observations;
  } finally {
    await run.close();
  }
}

/** Lets promises that are under way come to rest. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise(setImmediate);
}

export const ACTOR_ID = 'actor';
