/** Errors: onError with a path of its own, none at all, one thrown in a child's action, one in the root's own. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, send, wait, type ConformanceCase } from '../scenario.js';

const fuse = setup({
  types: { events: {} as { type: 'surge' } },
  actors: { measure: controlled<number>() },
  delays: { warm: 500 },
}).createMachine({
  id: 'fuse',
  initial: 'measuring',
  states: {
    measuring: { invoke: { src: 'measure', id: 'measure', onDone: 'warming' } },
    warming: { after: { warm: 'blown' } },
    blown: {
      entry: () => {
        throw new Error('blown');
      },
    },
  },
});
const machine = setup({
  types: { context: {} as { codes: string[] }, events: {} as { type: 'repair' | 'crash' } },
  actors: { fuse, inspect: controlled<string>() },
}).createMachine({
  id: 'breaker',
  context: { codes: [] },
  initial: 'on',
  states: {
    on: {
      invoke: {
        src: 'fuse',
        id: 'fuse',
        onError: {
          target: 'off',
          actions: assign({
            codes: ({ context, event }) => [...context.codes, (event.error as { message: string }).message],
          }),
        },
      },
      on: {
        crash: {
          actions: () => {
            throw new Error('crash');
          },
        },
      },
    },
    off: { on: { repair: 'inspecting' } },
    inspecting: { invoke: { src: 'inspect', id: 'inspect', onDone: 'on' } },
  },
});

export const breaker: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'hears that its child threw',
      steps: [resolve('fuse/measure', 3), wait(500), send('repair'), resolve('inspect'), wait(1_000)],
    },
    {
      title: 'hears that its child could not handle an error',
      steps: [reject('fuse/measure', 'no_current'), send('repair'), reject('inspect', 'unsafe'), send('repair')],
    },
    {
      title: 'ends in error when its own action throws',
      steps: [resolve('fuse/measure', 3), send('crash'), send('repair')],
    },
  ],
};
