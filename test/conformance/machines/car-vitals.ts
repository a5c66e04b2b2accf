/** Polling: three measurements at once, in regions of their own, again and again while the car is on. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, send, wait, type ConformanceCase } from '../scenario.js';

const vitals = setup({
  types: { context: {} as { readings: Record<string, number>; round: number } },
  actors: { tires: controlled<number>(), oil: controlled<number>() },
  delays: { interval: 30_000 },
}).createMachine({
  id: 'vitals',
  context: { readings: {}, round: 0 },
  initial: 'measuring',
  states: {
    measuring: {
      type: 'parallel',
      entry: assign({ round: ({ context }) => context.round + 1 }),
      states: {
        tires: {
          initial: 'running',
          states: {
            running: {
              invoke: {
                src: 'tires',
                id: 'tires',
                onDone: {
                  target: 'done',
                  actions: assign({ readings: ({ context, event }) => ({ ...context.readings, tires: event.output }) }),
                },
                onError: 'done',
              },
            },
            done: { type: 'final' },
          },
        },
        oil: {
          initial: 'running',
          states: {
            running: {
              invoke: {
                src: 'oil',
                id: 'oil',
                onDone: {
                  target: 'done',
                  actions: assign({ readings: ({ context, event }) => ({ ...context.readings, oil: event.output }) }),
                },
                onError: 'done',
              },
            },
            done: { type: 'final' },
          },
        },
      },
      onDone: 'pausing',
    },
    pausing: { after: { interval: 'measuring' } },
  },
});
const machine = setup({ types: { events: {} as { type: 'turnOn' | 'turnOff' } }, actors: { vitals } }).createMachine({
  id: 'carVitals',
  initial: 'off',
  states: { off: { on: { turnOn: 'on' } }, on: { invoke: { src: 'vitals', id: 'vitals' }, on: { turnOff: 'off' } } },
});

export const carVitals: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'measures while the car is on',
      steps: [
        send('turnOn'),
        resolve('vitals/oil', 3),
        resolve('vitals/tires', 2.4),
        wait(29_999),
        wait(1),
        reject('vitals/tires'),
        send('turnOff'),
        resolve('vitals/oil', 4),
        wait(60_000),
        send('turnOn'),
      ],
    },
  ],
};
