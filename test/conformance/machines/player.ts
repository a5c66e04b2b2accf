/** Shallow and deep history over parallel regions that were entered in another order than the chart's. */
import { assign, setup } from 'xstate';
import { send, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    context: {} as { log: string[] },
    events: {} as { type: 'power' | 'deep' | 'shallow' | 'next' | 'swap' | 'loud' | 'again' },
  },
  actions: { note: assign({ log: ({ context }, params: string) => [...context.log, params] }) },
}).createMachine({
  id: 'player',
  context: { log: [] },
  initial: 'on',
  states: {
    on: {
      type: 'parallel',
      on: { power: 'off' },
      states: {
        track: {
          initial: 'first',
          on: { again: { target: 'track', reenter: true } },
          states: {
            first: { on: { next: 'second' } },
            second: {
              initial: 'quiet',
              states: { quiet: { on: { loud: 'blaring' } }, blaring: { entry: { type: 'note', params: 'blaring' } } },
            },
          },
        },
        light: {
          initial: 'dim',
          states: {
            dim: { on: { swap: 'bright' } },
            bright: { entry: { type: 'note', params: 'bright' }, on: { swap: 'dim' } },
          },
        },
        remembered: { type: 'history', history: 'deep' },
        roughly: { type: 'history', history: 'shallow' },
      },
    },
    off: { on: { deep: 'on.remembered', shallow: 'on.roughly', power: 'on' } },
  },
});

export const player: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'remembers all it did',
      steps: [send('next'), send('loud'), send('swap'), send('power'), send('deep'), send('power'), send('shallow')],
    },
    {
      title: 'remembers in the order of entering',
      steps: [
        send('swap'),
        send('again'),
        send('next'),
        send('power'),
        send('deep'),
        send('swap'),
        send('power'),
        send('deep'),
      ],
    },
  ],
};
