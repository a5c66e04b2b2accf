/** `always` in parallel regions: taken in the order in which the states were entered, whatever the chart's order is. */
import { assign, setup } from 'xstate';
import { send, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    context: {} as { go: boolean; played: string[] },
    events: {} as { type: 'violin' | 'flute' | 'play' | 'pause' },
  },
  actions: { play: assign({ played: ({ context }, who: string) => [...context.played, who] }) },
  guards: { going: ({ context }) => context.go },
}).createMachine({
  id: 'orchestra',
  context: { go: false, played: [] },
  type: 'parallel',
  on: { play: { actions: assign({ go: true }) }, pause: { actions: assign({ go: false }) } },
  states: {
    violin: {
      initial: 'resting',
      states: {
        resting: { on: { violin: 'ready' } },
        ready: { always: { guard: 'going', target: 'resting', actions: { type: 'play', params: 'violin' } } },
      },
    },
    flute: {
      initial: 'resting',
      states: {
        resting: { on: { flute: 'ready' } },
        ready: { always: { guard: 'going', target: 'resting', actions: { type: 'play', params: 'flute' } } },
      },
    },
  },
});

export const orchestra: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'plays in the order of getting ready',
      steps: [send('flute'), send('violin'), send('play'), send('pause'), send('violin'), send('flute'), send('play')],
    },
  ],
};
