/** Several children in one state, invokes in parallel regions, auto-named and inline ones, one that is stopped early. */
import { assign, setup, stopChild } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, send, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: { context: {} as { done: string[] }, events: {} as { type: 'serve' | 'skip' } },
  actors: { cook: controlled<string, { dish: string }>(), rest: controlled<string>() },
  actions: { note: assign({ done: ({ context }, what: string) => [...context.done, what] }) },
}).createMachine({
  id: 'kitchen',
  context: { done: [] },
  initial: 'cooking',
  states: {
    cooking: {
      type: 'parallel',
      on: { serve: 'served', skip: { actions: stopChild('salad') } },
      states: {
        stove: {
          initial: 'busy',
          states: {
            busy: {
              invoke: [
                {
                  src: 'cook',
                  id: 'soup',
                  input: { dish: 'soup' },
                  onDone: { actions: { type: 'note', params: 'soup' } },
                },
                {
                  src: 'cook',
                  id: 'salad',
                  input: { dish: 'salad' },
                  onDone: { actions: { type: 'note', params: 'salad' } },
                  onError: 'burnt',
                },
              ],
            },
            burnt: {},
          },
        },
        oven: {
          initial: 'busy',
          states: {
            busy: {
              invoke: {
                src: controlled<string>(),
                onDone: { target: 'cold', actions: { type: 'note', params: 'bread' } },
              },
            },
            cold: { type: 'final' },
          },
        },
      },
    },
    served: { invoke: { src: 'rest', onDone: 'closed' } },
    closed: { type: 'final' },
  },
});
const bread = '0.kitchen.cooking.oven.busy';

export const kitchen: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'cooks all at once',
      steps: [
        resolve('salad', 'ok'),
        resolve(bread, 'ok'),
        resolve('soup', { hot: true }),
        send('serve'),
        resolve('0.kitchen.served'),
      ],
    },
    {
      title: 'burns one, and the others of that state with it',
      steps: [reject('salad', 'burnt'), resolve(bread), send('serve')],
    },
    {
      title: 'does not wait for what was stopped',
      steps: [
        send('skip'),
        resolve('soup'),
        resolve('salad'),
        send('serve'),
        resolve(bread),
        resolve('0.kitchen.served'),
      ],
    },
  ],
};
