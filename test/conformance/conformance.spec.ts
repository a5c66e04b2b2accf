/**
 * A machine is durable unchanged: a run that is rehydrated between every two events gives the same snapshot, byte for byte,
 * the same output, the same emitted events and the same timers as one that lives in memory all along.
 */
import { TurnRecorder, computeTurn, inertLogic } from '../../src/durable/inspect.js';
import { registerCases } from '../support/register-cases.js';
import { cases } from './machines/index.js';
import { differences } from './observation.js';
import { startPlain } from './plain-run.js';
import { trace, type StartRun } from './run.js';
import { startRuntime } from './runtime-run.js';
import type { ConformanceCase, Scenario } from './scenario.js';
import { startTurns } from './turn-run.js';

const all = cases.flatMap((each) =>
  each.scenarios.map((scenario) => ({ name: `${each.machine.id}: ${scenario.title}`, each, scenario })),
);
const counted = { turns: 0, livingOn: 0, runtime: 0 };

async function compare(each: ConformanceCase, scenario: Scenario, start: StartRun) {
  const expected = await trace(startPlain, each, scenario);
  const actual = await trace(start, each, scenario);
  const found = expected.flatMap((observation, step) =>
    differences(observation, actual[step]!).map((line) => `after step ${step}: ${line}`),
  );
  return { found, steps: expected.length };
}

describe('Durable machines beside plain XState (G14, invariant 1)', () => {
  beforeAll(() => {
    // XState says so when an event comes for an actor that has stopped; that is part of several scenarios.
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  });

  it('every machine has a scenario, and every scenario is compared in three ways', () => {
    expect(cases.filter(({ scenarios }) => scenarios.length === 0)).toEqual([]);
    registerCases(201, 3 * all.length);
  });

  it.each(all)(
    'a machine that is rehydrated between every two events behaves as in memory: $name',
    async ({ each, scenario }) => {
      const { found, steps } = await compare(each, scenario, startTurns());
      expect(found.join('\n')).toBe('');
      counted.turns += steps;
    },
  );

  it.each(all)(
    'a machine whose actor is kept between turns behaves as in memory: $name',
    async ({ each, scenario }) => {
      const { found, steps } = await compare(each, scenario, startTurns(computeTurn, true));
      expect(found.join('\n')).toBe('');
      counted.livingOn += steps;
    },
  );

  it.each(all)(
    'a machine that runs in a new process for every event behaves as in memory: $name',
    async ({ each, scenario }) => {
      const { found, steps } = await compare(each, scenario, startRuntime);
      expect(found.join('\n')).toBe('');
      counted.runtime += steps;
    },
  );

  afterAll(() => {
    process.stdout.write(
      `conformance: ${cases.length} machines, ${all.length} scenarios, ` +
        `${counted.turns} states compared turn by turn, ${counted.livingOn} with the actor kept in memory, ${counted.runtime} across restarts\n`,
    );
  });
});

describe('Mutants of the runtime (G14)', () => {
  afterEach(() => jest.restoreAllMocks());

  async function differencesOf(machineId: string, start: StartRun = startTurns()): Promise<string> {
    jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { each, scenario } = all.find(({ each: { machine } }) => machine.id === machineId)!;
    return (await compare(each, scenario, start)).found.join('\n');
  }

  it('the comparison catches a recorder that records nothing', async () => {
    jest.spyOn(TurnRecorder.prototype, 'begin').mockImplementation(() => undefined);
    expect(await differencesOf('announcer')).toContain('emitted');
  });

  it('the comparison catches dropped timers', async () => {
    const withoutTimers: typeof computeTurn = (request) => {
      const result = computeTurn(request);
      return result.decided === null
        ? result
        : { ...result, decided: { ...result.decided, bookkeeping: { ...result.decided.bookkeeping, timers: [] } } };
    };
    expect(await differencesOf('trafficLight', startTurns(withoutTimers))).toContain('pending');
  });

  it('the comparison catches inert logic that never settles', async () => {
    jest.spyOn(inertLogic, 'transition').mockImplementation((snapshot) => snapshot);
    expect(await differencesOf('kitchen')).toContain('snapshot');
  });

  it('the comparison catches a snapshot without the extras that XState forgets', async () => {
    const withoutExtras: typeof computeTurn = (request) => {
      const result = computeTurn(request);
      if (result.decided === null) return result;
      const snapshot = JSON.stringify(JSON.parse(result.decided.snapshot), (key, value: unknown) =>
        key === 'durable' ? undefined : value,
      );
      return { ...result, decided: { ...result.decided, snapshot } };
    };
    expect(await differencesOf('orchestra', startTurns(withoutExtras))).toContain('snapshot');
    expect(await differencesOf('reply', startTurns(withoutExtras))).toContain('snapshot');
  });
});
