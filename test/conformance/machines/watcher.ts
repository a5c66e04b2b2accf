/** onSnapshot (syncSnapshot) of a machine, a reducer and a promise: reported when something happened, and only then. */
import { assign, fromTransition, sendTo, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { resolve, send, wait, type ConformanceCase } from '../scenario.js';

const plant = setup({
  types: { context: {} as { size: number }, events: {} as { type: 'water' } },
  delays: { day: 1_000 },
}).createMachine({
  id: 'plant',
  context: { size: 0 },
  initial: 'seed',
  on: { water: { actions: assign({ size: ({ context }) => context.size + 1 }) } },
  states: { seed: { after: { day: 'leaf' } }, leaf: {} },
});
const machine = setup({
  types: { context: {} as { seen: unknown[] }, events: {} as { type: 'water' } },
  actors: { plant, rain: fromTransition((mm: number) => mm + 1, 0), forecast: controlled<string>() },
}).createMachine({
  id: 'watcher',
  context: { seen: [] },
  invoke: [
    {
      src: 'plant',
      id: 'plant',
      onSnapshot: {
        actions: assign({
          seen: ({ context, event }) => [...context.seen, event.snapshot.value, event.snapshot.context.size],
        }),
      },
    },
    {
      src: 'rain',
      id: 'rain',
      onSnapshot: { actions: assign({ seen: ({ context, event }) => [...context.seen, event.snapshot.context] }) },
    },
    {
      src: 'forecast',
      id: 'forecast',
      onSnapshot: { actions: assign({ seen: ({ context, event }) => [...context.seen, event.snapshot.status] }) },
    },
  ],
  on: { water: { actions: [sendTo('plant', { type: 'water' }), sendTo('rain', { type: 'drop' })] } },
});

export const watcher: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'sees every change once',
      steps: [send('water'), wait(400), send('water'), wait(600), resolve('forecast', 'sun'), send('water')],
    },
  ],
};
