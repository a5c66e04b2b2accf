import { registerCases } from '../support/register-cases.js';
import { runCommands, type CommandReport } from './command-run.js';
import { COMMANDS } from './order-commands.js';
import { COMMAND_MUTANTS, type Mutant } from './mutants.js';

const RUNS = Number(process.env['COMMANDS_RUNS'] ?? 1_000);
const SEED = Number(process.env['COMMANDS_SEED'] ?? 20_261);

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);
const inWords = (counts: ReadonlyMap<string, number>): string => JSON.stringify(Object.fromEntries([...counts].sort()));

describe('Random sequences of commands to an order', () => {
  let report: CommandReport;

  it('each command is answered as the model says, and the order ends with money, goods and history settled (G4, G7, G8, G13, invariants 7, 8)', async () => {
    report = await runCommands({
      seed: SEED,
      runs: RUNS,
      path: process.env['COMMANDS_PATH'],
      replayPath: process.env['COMMANDS_REPLAY'],
    });
    const { failure, sequences, commands, tally, ends, longest } = report;
    console.info(
      [
        `command sequences: seed ${SEED}, ${sequences} sequences, ${sum(commands)} commands, the longest of ${longest}`,
        `  commands ${inWords(commands)}`,
        `  ${tally.exact} answers predicted exactly, ${tally.deadlinesChecked} deadlines after a resume; answers ${inWords(tally.answers)}`,
        `  ends ${inWords(ends)}`,
      ].join('\n'),
    );
    if (failure !== null) {
      const { replay, sequence, error } = failure;
      throw new Error(
        `${error.message}\n${sequence}\nagain: ${replay} npm run test:long -- test/stateful/order-commands`,
        { cause: error },
      );
    }
    expect(sequences).toBe(RUNS);
    registerCases(1_000, sequences, 'COMMANDS_RUNS');
  });

  it('the sequences contain every kind of command many times (G13)', () => {
    expect([...report.commands.keys()].sort()).toEqual([...COMMANDS].sort());
    expect(Math.min(...report.commands.values())).toBeGreaterThan(RUNS / 20);
    expect(sum(report.commands)).toBeGreaterThan(10 * RUNS);
  });
});

describe('Mutants of the runtime', () => {
  it.each(Object.entries<Mutant>(COMMAND_MUTANTS))('command sequences catch the mutant "%s"', async (_name, mutant) => {
    const { failure, sequences } = await runCommands({ seed: SEED, runs: 300, mutant, unshrunk: true });
    console.info(`after ${sequences} sequences: ${failure?.error.message ?? 'nothing'}`);
    expect(failure?.error.name).toBe('ModelError');
  });
});
