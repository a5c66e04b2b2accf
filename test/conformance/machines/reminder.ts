/** raise with a delay, by name and computed; cancel; a name set twice; a delayed event after its state was left. */
import { assign, cancel, raise, setup } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    context: {} as { rung: number[]; step: number },
    events: {} as
      { type: 'set'; ms: number } | { type: 'ring'; n: number } | { type: 'stop' | 'twice' | 'move' | 'chain' },
  },
  delays: { growing: ({ context }) => context.step * 1_000 },
}).createMachine({
  id: 'reminder',
  context: { rung: [], step: 1 },
  initial: 'here',
  on: {
    ring: {
      actions: assign({
        rung: ({ context, event }) => [...context.rung, event.n],
        step: ({ context }) => context.step + 1,
      }),
    },
    set: {
      actions: raise(({ event }) => ({ type: 'ring' as const, n: event.ms }), {
        id: 'alarm',
        delay: ({ event }) => event.ms,
      }),
    },
    stop: { actions: cancel('alarm') },
    twice: {
      actions: [
        raise({ type: 'ring', n: 1 }, { id: 'alarm', delay: 500 }),
        raise({ type: 'ring', n: 2 }, { id: 'alarm', delay: 700 }),
      ],
    },
    chain: {
      actions: [
        raise({ type: 'ring', n: 0 }),
        raise({ type: 'ring', n: 9 }, { delay: 'growing' }),
        raise({ type: 'ring', n: 8 }, { delay: 'growing' }),
      ],
    },
  },
  states: { here: { on: { move: 'there' } }, there: { on: { move: 'here' } } },
});

export const reminder: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'rings, or not',
      steps: [
        send('set', { ms: 300 }),
        wait(299),
        send('move'),
        wait(1),
        send('set', { ms: 100 }),
        send('stop'),
        wait(500),
      ],
    },
    {
      title: 'sets one name twice',
      steps: [send('twice'), send('stop'), wait(500), wait(200), send('twice'), wait(500), send('stop'), wait(500)],
    },
    {
      title: 'sets one name in two turns',
      steps: [
        send('set', { ms: 400 }),
        send('set', { ms: 200 }),
        send('stop'),
        send('stop'),
        wait(1_000),
        send('set', { ms: 1 }),
        wait(1),
      ],
    },
    {
      title: 'computes delays',
      steps: [send('chain'), wait(2_000), send('chain'), wait(4_999), wait(1), wait(10_000)],
    },
  ],
};
