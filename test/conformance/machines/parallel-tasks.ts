/** Two branches at once, joined when both are done; a third for whichever is late. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: { context: {} as { order: string[]; late: boolean } },
  actors: { short: controlled<string>(), long: controlled<string>() },
  actions: { note: assign({ order: ({ context }, which: string) => [...context.order, which] }) },
  delays: { limit: 10_000 },
}).createMachine({
  id: 'parallelTasks',
  context: { order: [], late: false },
  initial: 'working',
  states: {
    working: {
      type: 'parallel',
      after: { limit: { actions: assign({ late: true }) } },
      states: {
        short: {
          initial: 'running',
          states: {
            running: {
              invoke: {
                src: 'short',
                id: 'short',
                onDone: { target: 'done', actions: { type: 'note', params: 'short' } },
              },
            },
            done: { type: 'final' },
          },
        },
        long: {
          initial: 'running',
          states: {
            running: {
              invoke: {
                src: 'long',
                id: 'long',
                onDone: { target: 'done', actions: { type: 'note', params: 'long' } },
                onError: { target: 'running', reenter: true },
              },
            },
            done: { type: 'final' },
          },
        },
      },
      onDone: 'finished',
    },
    finished: { type: 'final' },
  },
  output: ({ context }) => context,
});

export const parallelTasks: ConformanceCase = {
  machine,
  scenarios: [
    { title: 'joins', steps: [resolve('short'), resolve('long')] },
    { title: 'tries a branch again, late', steps: [reject('long'), wait(10_000), resolve('long'), resolve('short')] },
    { title: 'fails when a branch has no way out', steps: [reject('short', 'unforeseen')] },
  ],
};
