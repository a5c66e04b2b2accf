/** Filling a glass: a loop of delayed steps until it is full. */
import { assign, setup } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    input: {} as { size: number },
    context: {} as { size: number; level: number },
    events: {} as { type: 'stop' | 'fill' },
  },
  guards: { isFull: ({ context }) => context.level >= context.size },
  delays: { pour: 500 },
}).createMachine({
  id: 'glass',
  context: ({ input }) => ({ size: input.size, level: 0 }),
  initial: 'checking',
  states: {
    checking: { always: [{ guard: 'isFull', target: 'full' }, { target: 'filling' }] },
    filling: {
      after: { pour: { target: 'checking', actions: assign({ level: ({ context }) => context.level + 1 }) } },
      on: { stop: 'halted' },
    },
    halted: { on: { fill: 'checking' } },
    full: { type: 'final' },
  },
  output: ({ context }) => context.level,
});

export const glass: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'is filled',
      input: { size: 3 },
      steps: [wait(500), wait(499), send('stop'), wait(5_000), send('fill'), wait(10_000)],
    },
    { title: 'may be full at once', input: { size: 0 }, steps: [wait(1)] },
  ],
};
