/** Input, output of final states, onDone of a compound state, root output. */
import { assign, setup } from 'xstate';
import { send, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    input: {} as { weight: number },
    context: {} as { weight: number; label: string | null },
    events: {} as { type: 'weighed'; grams: number } | { type: 'stamped' } | { type: 'sent' },
    output: {} as { label: string | null },
  },
}).createMachine({
  id: 'parcel',
  context: ({ input }) => ({ weight: input.weight, label: null }),
  initial: 'packing',
  states: {
    packing: {
      initial: 'open',
      states: {
        open: { on: { weighed: { target: 'weighed', actions: assign({ weight: ({ event }) => event.grams }) } } },
        weighed: { on: { stamped: 'closed' } },
        closed: { type: 'final', output: ({ context }) => `${context.weight} g` },
      },
      onDone: { target: 'packed', actions: assign({ label: ({ event }) => String(event.output) }) },
    },
    packed: { on: { sent: 'gone' } },
    gone: { type: 'final' },
  },
  output: ({ context }) => ({ label: context.label }),
});

export const parcel: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'is packed and sent',
      input: { weight: 1 },
      steps: [send('stamped'), send('weighed', { grams: 730 }), send('stamped'), send('sent'), send('sent')],
    },
  ],
};
