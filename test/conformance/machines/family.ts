/** Child machines to three levels, sendTo down, sendParent up, `after` in the grandchild, output on the way back. */
import { assign, sendParent, sendTo, setup } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const grandchild = setup({
  types: {
    output: {} as { asked: number },
    input: {} as { toy: string },
    context: {} as { toy: string; asked: number },
    events: {} as { type: 'ask' },
  },
  delays: { nap: 2_000 },
}).createMachine({
  id: 'grandchild',
  context: ({ input }) => ({ toy: input.toy, asked: 0 }),
  initial: 'playing',
  states: {
    playing: {
      on: { ask: { actions: [assign({ asked: ({ context }) => context.asked + 1 }), sendParent({ type: 'whine' })] } },
      after: { nap: 'asleep' },
    },
    asleep: { type: 'final' },
  },
  output: ({ context }) => ({ asked: context.asked }),
});
const child = setup({
  types: { context: {} as { whines: number; asked: number | null }, events: {} as { type: 'ask' } | { type: 'whine' } },
  actors: { grandchild },
}).createMachine({
  id: 'child',
  context: { whines: 0, asked: null },
  initial: 'minding',
  states: {
    minding: {
      invoke: {
        src: 'grandchild',
        id: 'kid',
        input: { toy: 'ball' },
        onDone: { target: 'free', actions: assign({ asked: ({ event }) => event.output.asked }) },
      },
      on: {
        ask: { actions: sendTo('kid', { type: 'ask' }) },
        whine: { actions: [assign({ whines: ({ context }) => context.whines + 1 }), sendParent({ type: 'noise' })] },
      },
    },
    free: { type: 'final' },
  },
  output: ({ context }) => context,
});
const machine = setup({
  types: { context: {} as { noise: number; report: unknown }, events: {} as { type: 'ask' } | { type: 'noise' } },
  actors: { child },
}).createMachine({
  id: 'family',
  context: { noise: 0, report: null },
  initial: 'home',
  states: {
    home: {
      invoke: {
        src: 'child',
        id: 'child',
        onDone: { target: 'rest', actions: assign({ report: ({ event }) => event.output }) },
      },
      on: {
        ask: { actions: sendTo('child', { type: 'ask' }) },
        noise: { actions: assign({ noise: ({ context }) => context.noise + 1 }) },
      },
    },
    rest: { type: 'final' },
  },
  output: ({ context }) => context.report,
});

export const family: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'talks through three generations',
      steps: [send('ask'), wait(1_000), send('ask'), wait(999), wait(1), send('ask')],
    },
  ],
};
