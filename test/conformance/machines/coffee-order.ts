/** As one finds machines in XState's documentation: nothing here knows that it is to be durable. */
import { assign, createMachine, fromPromise } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const grind = fromPromise(async ({ input }: { input: { beans: string } }) => {
  await Promise.resolve();
  if (input.beans === 'none') throw new Error('no beans');
  return { grams: 18, beans: input.beans };
});

const machine = createMachine({
  id: 'coffeeOrder',
  types: {} as {
    context: { beans: string; grams: number; error: string | null };
    events: { type: 'ORDER' } | { type: 'REFILL'; beans: string } | { type: 'TAKE' };
  },
  context: { beans: 'none', grams: 0, error: null },
  initial: 'idle',
  states: {
    idle: { on: { ORDER: 'grinding' } },
    grinding: {
      invoke: {
        src: grind,
        input: ({ context }) => ({ beans: context.beans }),
        onDone: {
          target: 'brewing',
          actions: assign({ grams: ({ event }) => (event.output as { grams: number }).grams }),
        },
        onError: { target: 'empty', actions: assign({ error: ({ event }) => (event.error as Error).message }) },
      },
    },
    empty: { on: { REFILL: { target: 'grinding', actions: assign({ beans: ({ event }) => event.beans }) } } },
    brewing: { after: { 25000: 'ready' } },
    ready: { on: { TAKE: 'done' }, after: { 600000: 'cold' } },
    cold: { on: { ORDER: 'grinding' } },
    done: { type: 'final' },
  },
});

export const coffeeOrder: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'is brewed, and grows cold',
      steps: [
        send('ORDER'),
        send('REFILL', { beans: 'arabica' }),
        wait(25_000),
        wait(600_000),
        send('ORDER'),
        wait(25_000),
        send('TAKE'),
      ],
    },
  ],
};
