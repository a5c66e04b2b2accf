import fc from 'fast-check';
import type { DurableStore } from '../../src/durable/index.js';
import { DAY, HOUR, MINUTE, SECOND } from '../simulator/world-time.js';
import { registerCases } from '../support/register-cases.js';
import { TIMER_MUTANTS } from './mutants.js';
import { TimerWorld, type Verdict } from './timer-world.js';

const SEED = Number(process.env['DEADLINES_SEED'] ?? 20_261);
const RUNS = 300;

/** Around what setTimeout can take (2^31-1 ms), and the longest that can be configured. */
const DELAYS = [1, 2, 999, 2 * SECOND, MINUTE - 1, HOUR, DAY, 2 ** 31 - 1, 2 ** 31, 30 * DAY, 400 * DAY];
const STEPS: readonly ((delayMs: number) => number)[] = [
  () => 0,
  () => -1,
  () => 1,
  () => -SECOND,
  () => SECOND,
  () => -HOUR,
  () => HOUR,
  (delayMs) => -delayMs,
  (delayMs) => delayMs,
  (delayMs) => -2 * delayMs,
  (delayMs) => 2 * delayMs,
];
/** How much of the delay has passed when the clock is set. */
const MOMENTS: readonly ((delayMs: number) => number)[] = [
  () => 0,
  (delayMs) => Math.floor(delayMs / 2),
  (delayMs) => delayMs - 1,
];
const RESTARTS = [[], ['before'], ['after'], ['before', 'after']] as const;

const pollOf = (delayMs: number): number => Math.min(DAY, Math.max(2 * SECOND, Math.floor(delayMs / 8)));
const GOOD: Verdict = { early: 0, lost: 0, double: 0 };

interface Case {
  readonly delayMs: number;
  readonly stepMs: number;
  readonly afterMs: number;
  readonly restarts: readonly ('before' | 'after')[];
}

const CASES: readonly Case[] = DELAYS.flatMap((delayMs) =>
  STEPS.flatMap((step) =>
    MOMENTS.flatMap((moment) =>
      RESTARTS.map((restarts) => ({ delayMs, stepMs: step(delayMs), afterMs: moment(delayMs), restarts })),
    ),
  ),
);

async function judge({ delayMs, stepMs, afterMs, restarts }: Case, mutant?: (line: DurableStore) => DurableStore) {
  const world = new TimerWorld(pollOf(delayMs), mutant);
  await world.restart();
  await world.set(delayMs);
  await world.pass(afterMs);
  if (restarts.includes('before')) await world.restart();
  world.step(stepMs);
  if (restarts.includes('after')) await world.restart();
  return world.verdict();
}

/** Sums up verdicts, and keeps the cases that were not good. */
async function judgeAll(cases: readonly Case[], mutant?: (line: DurableStore) => DurableStore) {
  const sum = { early: 0, lost: 0, double: 0 };
  const bad: (Case & { readonly verdict: Verdict })[] = [];
  for (const each of cases) {
    const verdict = await judge(each, mutant);
    sum.early += verdict.early;
    sum.lost += verdict.lost;
    sum.double += verdict.double;
    if (verdict.early + verdict.lost + verdict.double > 0) bad.push({ ...each, verdict });
  }
  return { sum, bad };
}

describe('Deadlines (G5)', () => {
  it('a deadline of 1 ms to 400 days fires once and never early, over clock steps and restarts', async () => {
    const { sum, bad } = await judgeAll(CASES);
    console.info(`deadlines and clock steps: ${CASES.length} cases: ${JSON.stringify(sum)}`);
    expect(bad).toEqual([]);
    registerCases(1_452, CASES.length);
  });

  it('several deadlines each fire once and never early, over random clock steps and restarts', async () => {
    const delay = fc.oneof(
      fc.integer({ min: 1, max: 5_000 }),
      fc.integer({ min: 1, max: DAY }),
      fc.integer({ min: 1, max: 400 * DAY }),
    );
    // Of the longest delay: how much time passes, and by how much the clock is set.
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const happening = fc.oneof(
      fc.record({ pass: share }),
      fc.record({ step: fc.tuple(share, fc.constantFrom(-2, 2)).map(([part, sign]) => part * sign) }),
      fc.constant({ restart: true } as const),
    );
    let worlds = 0;
    let timers = 0;
    let steps = 0;
    const property = fc.asyncProperty(
      fc.array(delay, { minLength: 1, maxLength: 6 }),
      fc.array(happening, { maxLength: 12 }),
      async (delays, story) => {
        const longest = Math.max(...delays);
        const world = new TimerWorld(pollOf(longest));
        await world.restart();
        for (const delayMs of delays) await world.set(delayMs);
        for (const next of story) {
          if ('pass' in next) await world.pass(Math.floor(next.pass * longest));
          else if ('step' in next) world.step(Math.round(next.step * longest));
          else await world.restart();
        }
        worlds += 1;
        timers += delays.length;
        steps += story.length;
        expect(await world.verdict()).toEqual(GOOD);
      },
    );
    await fc.assert(property, { seed: SEED, numRuns: RUNS });
    console.info(
      `deadlines at random: seed ${SEED}, ${RUNS} worlds, ${timers} deadlines, ${steps} steps, restarts and waits`,
    );
    expect(timers).toBeGreaterThan(RUNS);
    registerCases(300, worlds);
  });
});

describe('Mutants of the timers (G5)', () => {
  const some = CASES.filter(({ delayMs, restarts }) => delayMs === DAY && restarts.length === 0);

  it.each([
    { name: 'timers are handed out an hour early', seen: 'early' },
    { name: 'nobody is told of due tasks', seen: 'lost' },
  ] as const)('the grid of deadlines catches the mutant "$name"', async ({ name, seen }) => {
    const { sum } = await judgeAll(some, TIMER_MUTANTS[name]);
    expect(sum[seen]).toBeGreaterThan(0);
  });
});
