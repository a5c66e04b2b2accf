/** A stopwatch whose ticks are delayed events it raises for itself. */
import { assign, cancel, raise, setup } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    context: {} as { elapsed: number; laps: number[] },
    events: {} as { type: 'start' | 'stop' | 'reset' | 'tick' | 'lap' },
  },
}).createMachine({
  id: 'stopwatch',
  context: { elapsed: 0, laps: [] },
  initial: 'stopped',
  states: {
    stopped: { on: { start: 'running', reset: { actions: assign({ elapsed: 0, laps: [] }) } } },
    running: {
      entry: raise({ type: 'tick' }, { id: 'tick', delay: 100 }),
      exit: cancel('tick'),
      on: {
        tick: {
          actions: [
            assign({ elapsed: ({ context }) => context.elapsed + 1 }),
            raise({ type: 'tick' }, { id: 'tick', delay: 100 }),
          ],
        },
        lap: { actions: assign({ laps: ({ context }) => [...context.laps, context.elapsed] }) },
        stop: 'stopped',
      },
    },
  },
});

export const stopwatch: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'counts only while it runs',
      steps: [
        send('start'),
        wait(350),
        send('lap'),
        send('stop'),
        wait(1_000),
        send('start'),
        wait(99),
        wait(1),
        send('lap'),
        send('stop'),
        send('reset'),
      ],
    },
  ],
};
