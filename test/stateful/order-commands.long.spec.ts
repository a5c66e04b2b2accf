import { runCommands, type CommandReport } from './command-run.js';
import { COMMANDS } from './order-commands.js';
import { BREAKAGES, type Breakage } from './mutants.js';

const RUNS = Number(process.env['COMMANDS_RUNS'] ?? 1_000);
const SEED = Number(process.env['COMMANDS_SEED'] ?? 20_261);

const sum = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((total, count) => total + count, 0);
const inWords = (counts: ReadonlyMap<string, number>): string => JSON.stringify(Object.fromEntries([...counts].sort()));

describe('Sequences of commands to the real runtime and the real order machine', () => {
  let report: CommandReport;

  it('are answered as the model says, and whatever they did, the order ends with money, goods and history settled (G4, G7, G8, G13, invariants 7, 8)', async () => {
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
      throw new Error(`${error.message}\n${sequence}\nagain: ${replay} npx jest test/commands`, { cause: error });
    }
    expect(sequences).toBe(RUNS);
  });

  it('were many, of every kind, with every answer and every end among them (G13)', () => {
    expect([...report.commands.keys()].sort()).toEqual([...COMMANDS].sort());
    expect(Math.min(...report.commands.values())).toBeGreaterThan(RUNS / 20);
    expect(sum(report.commands)).toBeGreaterThan(10 * RUNS);
  });
});

describe('Command sequences notice that', () => {
  it.each(Object.entries<Breakage>(BREAKAGES))('%s', async (_name, breakage) => {
    const { failure, sequences } = await runCommands({ seed: SEED, runs: 300, breakage, unshrunk: true });
    console.info(`after ${sequences} sequences: ${failure?.error.message ?? 'nothing'}`);
    expect(failure?.error.name).toBe('ForecastError');
  });
});
