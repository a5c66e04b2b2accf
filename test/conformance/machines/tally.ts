/** fromTransition actors, invoked and spawned, and their answers to others. */
import { assign, fromTransition, sendTo, setup, spawnChild, stopChild } from 'xstate';
import { send, type ConformanceCase } from '../scenario.js';

const counter = fromTransition(
  (state: { total: number; seen: string[] }, event: { type: string; by?: number }) => ({
    total: state.total + (event.by ?? 0),
    seen: [...state.seen, event.type],
  }),
  ({ input }: { input: { from: number } }) => ({ total: input.from, seen: [] as string[] }),
);
const machine = setup({
  types: {
    context: {} as { rounds: number },
    events: {} as { type: 'add'; by: number } | { type: 'more' | 'less' | 'round' },
  },
  actors: { counter },
}).createMachine({
  id: 'tally',
  context: { rounds: 0 },
  initial: 'counting',
  on: {
    more: { actions: spawnChild('counter', { id: 'extra', input: { from: 100 } }) },
    less: { actions: stopChild('extra') },
  },
  states: {
    counting: {
      invoke: { src: 'counter', id: 'counter', input: ({ context }) => ({ from: context.rounds }) },
      on: {
        add: { actions: sendTo('counter', ({ event }) => event) },
        round: { target: 'counting', reenter: true, actions: assign({ rounds: ({ context }) => context.rounds + 1 }) },
      },
    },
  },
});

export const tally: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'adds up',
      steps: [
        send('add', { by: 2 }),
        send('more'),
        send('add', { by: 3 }),
        send('round'),
        send('add', { by: 1 }),
        send('less'),
        send('more'),
      ],
    },
  ],
};
