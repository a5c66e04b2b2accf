/** Guards with parameters, `always` chains, an eventless transition that depends on the event, forbidden and wildcard events. */
import { and, assign, not, setup, stateIn } from 'xstate';
import { send, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    context: {} as { coins: number; other: string[] },
    events: {} as { type: 'coin'; worth: number } | { type: 'push' | 'kick' | 'whistle' },
  },
  guards: { atLeast: ({ context }, least: number) => context.coins >= least },
}).createMachine({
  id: 'turnstile',
  context: { coins: 0, other: [] },
  initial: 'locked',
  states: {
    locked: {
      on: {
        coin: { actions: assign({ coins: ({ context, event }) => context.coins + event.worth }) },
        kick: {},
        '*': { actions: assign({ other: ({ context, event }) => [...context.other, event.type] }) },
      },
      always: [{ guard: { type: 'atLeast', params: 100 }, target: 'checking' }],
    },
    checking: {
      always: [
        { guard: and([{ type: 'atLeast', params: 200 }, not(stateIn('open'))]), target: 'generous' },
        { target: 'open' },
      ],
    },
    generous: { always: { guard: ({ event }) => event.type === 'whistle', target: 'open' } },
    open: { on: { push: { target: 'locked', actions: assign({ coins: 0 }) } } },
  },
});

export const turnstile: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'opens when paid',
      steps: [
        send('coin', { worth: 60 }),
        send('kick'),
        send('push'),
        send('whistle'),
        send('coin', { worth: 50 }),
        send('coin', { worth: 5 }),
        send('push'),
      ],
    },
    {
      title: 'waits for a whistle when paid twice',
      steps: [send('coin', { worth: 250 }), send('kick'), send('whistle'), send('push')],
    },
  ],
};
