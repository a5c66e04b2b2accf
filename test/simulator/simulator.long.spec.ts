import { compiled } from '../support/compiled-sources.js';
import { registerCases } from '../support/register-cases.js';
import { MUTANTS, type Mutant } from './mutants.js';
import { simulate, summary, type SimulationOptions, type SimulationResult } from './simulation-run.js';

const SEED = Number(process.env['SIM_SEED'] ?? 20_261);
const ORDERS = Number(process.env['SIM_ORDERS'] ?? 10_000);
const PROCESSES = 2;

const run = (options: Partial<SimulationOptions>): Promise<SimulationResult> =>
  simulate(compiled('test/simulator/simulation-child.js'), {
    seed: SEED,
    orders: ORDERS,
    ordersPerWorld: 1_000,
    processes: PROCESSES,
    ...options,
  });

describe('Simulated worlds (G1, G2, G3, G4, G5, G6, G7, G8, G13)', () => {
  it('every order of the simulated worlds ends, and no promise is broken by crashes, outages, stalls, clock steps or partners', async () => {
    const result = await run({});
    console.info(summary(SEED, result));
    expect(result.violations).toEqual([]);
    const ended = result.reports.reduce((sum, report) => sum + report.ended, 0);
    expect(ended).toBe(ORDERS);
    registerCases(10_000, ended, 'SIM_ORDERS');
  });

  it('a world takes the same steps when its seed is run again', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => run({ orders: 400, ordersPerWorld: 200, processes: 1 })),
    );
    expect(first?.reports.map((report) => report.traceHash)).toEqual(second?.reports.map((report) => report.traceHash));
    expect(first?.reports.map((report) => report.happenings)).toEqual(second?.reports.map((each) => each.happenings));
    expect(new Set(first?.reports.map((report) => report.traceHash)).size).toBe(2);
  });
});

describe('Mutants of the simulated runtime (G1, G2, G3, G5, G6)', () => {
  const CAUGHT_BY: Readonly<Record<Mutant, readonly string[]>> = {
    'effect-before-commit': ['no effect before its commit', 'nothing acknowledged is lost'],
    'no-compare-and-set': ['revision without a gap', 'history without a gap', 'a result is accepted once'],
    'relative-timers': ['no timer late'],
    'no-event-dedup': ['an event takes effect once'],
    'all-safe': ['no effect before its commit'],
    'fresh-keys': ['one reservation for an order', 'one charge for an order', 'captured is shipped or refunded'],
    'hasty-heirs': ['no living process is taken for dead'],
    'anyones-failures': ['a failure counts from its owner alone'],
  };

  it.each(MUTANTS)('the simulator catches the mutant "%s"', async (mutant) => {
    const { violations, reports, seconds } = await run({
      orders: 3_000,
      ordersPerWorld: 300,
      processes: 1,
      mutant,
    });
    const ended = reports.reduce((sum, report) => sum + report.ended, 0);
    const [first] = violations;
    console.info(
      `${mutant}: "${first?.invariant ?? 'nothing'}" after ${ended} orders, ${seconds.toFixed(1)} s: ${first?.detail ?? ''}`,
    );
    expect(CAUGHT_BY[mutant]).toContain(first?.invariant);
  });
});
