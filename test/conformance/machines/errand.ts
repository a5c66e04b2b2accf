/** Delayed sendTo: to a child invoked in the same step, to one that is gone when it is due, to one that took its name; to oneself. */
import { assign, sendParent, sendTo, setup } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const runner = setup({
  types: { context: {} as { got: number }, events: {} as { type: 'parcel' } },
}).createMachine({
  id: 'runner',
  context: { got: 0 },
  entry: sendParent({ type: 'late' }, { delay: 2_500 }),
  on: { parcel: { actions: assign({ got: ({ context }) => context.got + 1 }) } },
});
const machine = setup({
  types: { context: {} as { lates: number }, events: {} as { type: 'again' | 'home' | 'late' | 'more' | 'go' } },
  actors: { runner },
}).createMachine({
  id: 'errand',
  context: { lates: 0 },
  initial: 'home',
  on: { late: { actions: assign({ lates: ({ context }) => context.lates + 1 }) } },
  states: {
    home: { on: { go: 'out' } },
    out: {
      entry: sendTo('runner', { type: 'parcel' }, { delay: 1_000 }),
      exit: sendTo(({ self }) => self, { type: 'late' }, { delay: 100, id: 'afterwards' }),
      invoke: { src: 'runner', id: 'runner' },
      on: {
        again: { target: 'out', reenter: true },
        home: 'home',
        more: { actions: sendTo('runner', { type: 'parcel' }, { delay: 10, id: 'more' }) },
      },
    },
  },
});

export const errand: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'delivers to the one it was for',
      steps: [
        send('go'),
        wait(900),
        send('again'),
        wait(100),
        wait(900),
        send('more'),
        wait(10),
        wait(600),
        wait(3_000),
      ],
    },
    {
      title: 'drops what is for nobody',
      steps: [send('go'), wait(500), send('home'), wait(100), wait(5_000), send('go'), wait(1_000)],
    },
  ],
};
