import { StoreUnavailableError } from '../../src/durable/index.js';
import type { CommitFault } from '../../src/durable/testing.js';
import { registerCases } from '../support/register-cases.js';
import { Errands } from './safe-errand.js';

const MODES = {
  'each turn committed before its activity': { safeBeforeCommit: false },
  'reads before the commit': { maxHoldMs: 0 },
  'reads before the commit, turns held': {},
} as const;
type Mode = keyof typeof MODES;

/** The stored revision while the second read is asked. */
const REVISION_MEANWHILE: Readonly<Record<Mode, number>> = {
  'each turn committed before its activity': 2,
  'reads before the commit': 2,
  'reads before the commit, turns held': 1,
};

const FATES = ['committed', 'conflict', 'unavailable', 'lostAnswer', 'the process dies'] as const;
type Fate = (typeof FATES)[number];

const by = { by: 'anna' };

/** What comes while the second read is asked. Each can be repeated. */
const ARRIVALS: Readonly<Record<string, (errands: Errands) => Promise<unknown>>> = {
  nothing: () => Promise.resolve(null),
  'the start again': ({ handle }) => handle.start(undefined, { id: 'a' }),
  'an event': ({ handle }) => handle.send('a', { type: 'note' }, { key: 'k' }),
  'an event twice': ({ handle }) => Promise.all([1, 2].map(() => handle.send('a', { type: 'note' }, { key: 'k' }))),
  'an event without a key': ({ handle }) => handle.send('a', { type: 'note' }),
  'an event that comes too early': ({ handle }) => handle.send('a', { type: 'go' }, { key: 'k' }),
  'an event for an earlier revision': ({ handle }) => handle.send('a', { type: 'note' }, { key: 'k', ifRevision: [1] }),
  'an event that leaves the state': ({ handle }) => handle.send('a', { type: 'cancel' }, { key: 'k' }),
  'a suspend': ({ handle }) => handle.suspend('a', { ...by, key: 'k' }),
  'a suspend and a resume': async ({ handle }) => {
    const both = [handle.suspend('a', { ...by, key: 'k' }), handle.resume('a', { ...by, key: 'r' })];
    return await Promise.all(both);
  },
  'a terminate': ({ handle }) => handle.terminate('a', { ...by, key: 'k' }),
  'a timer that is due': async ({ clock, harness }) => {
    clock.step(60_000);
    await harness.advance(0);
  },
  'a commit of another node': async (errands) => {
    const other = await errands.join();
    await other.handles.send('a', { type: 'note' }, { key: 'k' });
    await other.stop();
  },
};

interface Scenario {
  readonly mode: Mode;
  readonly fate: Fate;
  readonly arrival: string;
  readonly fails: boolean;
}

/** Plays it to its end. */
async function play({ mode, fate, arrival, fails }: Scenario) {
  const errands = await Errands.open(MODES[mode], undefined, ['first', 'second']);
  const { harness, partners, store } = errands;
  partners.second.fails = fails;
  await errands.handle.start(undefined, { id: 'a' });
  await harness.settle();
  partners.first.open();
  await harness.settle();
  const asked = errands.calls('second');
  const revision = store.actors.get('a')?.revision;
  if (fate !== 'committed' && fate !== 'the process dies') store.faults.push(fate satisfies CommitFault);
  const arrive = ARRIVALS[arrival]!;
  let answer: unknown = 'none';
  const ask = () =>
    arrive(errands).then(
      (given) => (answer = given),
      (error: unknown) => (answer = error),
    );
  void ask();
  if (fate === 'the process dies') await harness.restart();
  else for (let time = 0; time < 5; time += 1) await harness.settle();
  const atOnce = answer;
  // Whoever got no answer, or an error, asks again.
  for (let time = 0; time < 3 && (answer === 'none' || answer instanceof StoreUnavailableError); time += 1) {
    await harness.advance(1_000);
    void ask();
    await harness.settle();
  }
  partners.second.open();
  await harness.advance(5_000);
  await errands.handle.resume('a', { ...by, key: 'at last' });
  await errands.handle.send('a', { type: 'go' }, { key: 'go' });
  await harness.advance(5_000);
  await harness.stop();
  return { errands, asked, revision, atOnce, history: await harness.history('a') };
}

describe('An actor whose reads begin before the commit (G1, G2, G3, G6, G7, G8, G13, invariant 3)', () => {
  it('comes to the same end as one whose turns are committed first, whatever meets it on the way', async () => {
    let cases = 0;
    for (const fate of FATES) {
      for (const arrival of Object.keys(ARRIVALS)) {
        for (const fails of [false, true]) {
          const ends = new Set<string>();
          for (const mode of Object.keys(MODES) as Mode[]) {
            const scenario = { mode, fate, arrival, fails };
            const { errands, asked, revision, atOnce, history } = await play(scenario);
            cases += 1;
            const { store, tooEarly, harness } = errands;
            const actor = store.actors.get('a');
            const writes = harness.activities.calls.filter(
              ({ activity }) => activity === 'write' || activity === 'undo',
            );
            const { log } = (JSON.parse(actor?.snapshot ?? '{}') as { context: { log: string[] } }).context;
            const open = await harness.incidents('a');
            const end = [actor?.status, actor?.runtimeStatus, [...log].sort(), open.length, store.tasks.size];
            ends.add(JSON.stringify([...end, new Set(writes.map(({ idempotencyKey }) => idempotencyKey)).size]));
            const faults = [
              ...(revision === REVISION_MEANWHILE[mode] ? [] : [`revision ${revision} was stored meanwhile`]),
              ...(asked === 1 ? [] : [`the second read was asked ${asked} times at first`]),
              ...(fate === 'committed' && atOnce === 'none' ? ['the caller had to wait'] : []),
              ...tooEarly.map((activity) => `${activity} ran before its commit`),
              ...gaps(
                history.map(({ seq }) => seq),
                'row',
              ),
              ...gaps([...new Set(history.map(({ revision }) => revision))], 'revision'),
              ...wrongAnswers(history),
              ...harness.log.of('error').map(({ message }) => message),
            ];
            expect({ ...scenario, faults }).toEqual({ ...scenario, faults: [] });
          }
          expect({ fate, arrival, fails, ends: [...ends] }).toEqual({
            fate,
            arrival,
            fails,
            ends: [expect.any(String)],
          });
        }
      }
    }
    registerCases(390, cases);
  });
});

function gaps(numbers: readonly number[], what: string): string[] {
  return numbers.flatMap((number, index) =>
    number === index + 1 ? [] : [`${what} ${index + 1} has the number ${number}`],
  );
}

/** Each task is settled once, by the answer to what it asked. */
function wrongAnswers(history: readonly { readonly type: string; readonly data: Readonly<Record<string, unknown>> }[]) {
  const inputs = new Map<unknown, unknown>();
  const settled = new Set<unknown>();
  const found: string[] = [];
  for (const { type, data } of history) {
    const { taskId, input, output } = data;
    if (type === 'activity.scheduled') inputs.set(taskId, input);
    if (type !== 'activity.completed' && type !== 'activity.failed') continue;
    if (settled.has(taskId)) found.push(`${String(taskId)} was settled twice`);
    settled.add(taskId);
    if (type === 'activity.completed' && output !== inputs.get(taskId)) {
      found.push(`${String(taskId)} asked ${String(inputs.get(taskId))} and took the answer to ${String(output)}`);
    }
  }
  return found;
}
