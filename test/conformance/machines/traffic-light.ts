/** Nested states, tags, meta, `after` in a chain, re-entry by an external self-transition. */
import { assign, setup } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: { context: {} as { laps: number }, events: {} as { type: 'reset' } | { type: 'fault' } },
  delays: { long: 30_000, short: 5_000, blink: 1_000 },
}).createMachine({
  id: 'trafficLight',
  context: { laps: 0 },
  initial: 'working',
  states: {
    working: {
      initial: 'green',
      tags: 'safe',
      meta: { colour: true },
      on: { reset: { target: 'working', reenter: true }, fault: 'broken' },
      states: {
        green: { after: { long: 'yellow' } },
        yellow: { tags: ['hurry'], after: { short: 'red' } },
        red: { after: { long: { target: 'green', actions: assign({ laps: ({ context }) => context.laps + 1 }) } } },
      },
    },
    broken: {
      initial: 'on',
      states: { on: { after: { blink: 'off' } }, off: { after: { blink: 'on' } } },
      on: { reset: 'working' },
    },
  },
});

export const trafficLight: ConformanceCase = {
  machine,
  scenarios: [
    { title: 'goes round', steps: [wait(29_999), wait(1), wait(5_000), wait(30_000), wait(100_000)] },
    {
      title: 'starts over in the middle, and blinks when broken',
      steps: [
        wait(10_000),
        send('reset'),
        wait(20_000),
        wait(10_000),
        send('fault'),
        wait(1_500),
        send('nonsense'),
        send('reset'),
        wait(30_000),
      ],
    },
  ],
};
