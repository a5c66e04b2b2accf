/** Runs command sequences; what they did is counted. */
import fc from 'fast-check';
import { orderCommands } from './order-commands.js';
import { OrderModel, type Tally } from './order-model.js';
import { OrderScene } from './order-scene.js';
import type { Mutant } from './mutants.js';

export interface CommandRun {
  readonly seed: number;
  readonly runs: number;
  /** Of a counterexample: where in the run it was, and which of its commands had been left out. */
  readonly path?: string | undefined;
  readonly replayPath?: string | undefined;
  readonly mutant?: Mutant;
  /** Report the first failure as it is. */
  readonly unshrunk?: boolean;
}

interface Failure {
  /** Environment variables that run it again. */
  readonly replay: string;
  readonly sequence: string;
  readonly error: Error;
}

export interface CommandReport {
  readonly failure: Failure | null;
  readonly sequences: number;
  readonly commands: ReadonlyMap<string, number>;
  readonly tally: Tally;
  /** How orders ended. */
  readonly ends: ReadonlyMap<string, number>;
  readonly longest: number;
}

const LONGEST = 60;

export async function runCommands({
  seed,
  runs,
  path,
  replayPath,
  mutant,
  unshrunk,
}: CommandRun): Promise<CommandReport> {
  const commands = new Map<string, number>();
  const ends = new Map<string, number>();
  const tally: Tally = { answers: new Map(), exact: 0, deadlinesChecked: 0 };
  let sequences = 0;
  let longest = 0;
  let length = 0;
  const bump = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const steps = orderCommands((name) => {
    length += 1;
    bump(commands, name);
  });
  const sequence = fc.commands(steps, {
    maxCommands: LONGEST,
    size: 'max',
    ...(replayPath === undefined ? {} : { replayPath }),
  });
  const property = fc.asyncProperty(fc.nat(), sequence, async (world, cmds) => {
    const scene = new OrderScene({ seed: world, mutant: mutant ?? null });
    const model = new OrderModel(tally);
    length = 0;
    await fc.asyncModelRun(async () => {
      await scene.boot();
      await model.ask(scene, { kind: 'start' });
      model.observe(scene);
      return { model, real: scene };
    }, cmds);
    await model.expectRest(scene);
    sequences += 1;
    longest = Math.max(longest, length);
    bump(ends, scene.row?.outcome ?? scene.row?.runtimeStatus ?? 'none');
  });
  const {
    failed,
    seed: ran,
    counterexample,
    counterexamplePath,
    errorInstance,
  } = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path === undefined ? {} : { path }),
    endOnFailure: unshrunk === true,
  });
  const failing = fc.stringify(counterexample);
  const failure = {
    replay: [
      `COMMANDS_SEED=${ran}`,
      `COMMANDS_PATH=${counterexamplePath ?? ''}`,
      `COMMANDS_REPLAY=${/replayPath="([^"]*)"/.exec(failing)?.[1] ?? ''}`,
    ].join(' '),
    sequence: `world and commands: ${failing}`,
    error: errorInstance instanceof Error ? errorInstance : new Error(String(errorInstance)),
  };
  return { failure: failed ? failure : null, sequences, commands, tally, ends, longest };
}
