/** A child that is done when it is spawned, a child machine inline in the config, root-level `after` and re-entered invokes. */
import { assign, createMachine, setup } from 'xstate';
import { send, wait, type ConformanceCase } from '../scenario.js';

const instant = createMachine({
  id: 'instant',
  initial: 'over',
  states: { over: { type: 'final' } },
  output: () => 'light',
});
const slow = setup({ delays: { glow: 300 } }).createMachine({
  id: 'slow',
  initial: 'dark',
  states: { dark: { after: { glow: 'over' } }, over: { type: 'final' } },
  output: () => 'glow',
});
const machine = createMachine(
  {
    types: {} as { context: { shone: unknown[] }; events: { type: 'press' } | { type: 'again' } },
    id: 'lamp',
    context: { shone: [] },
    initial: 'off',
    after: { bulbLife: '.dead' },
    states: {
      off: { on: { press: 'instant' } },
      instant: {
        invoke: {
          src: instant,
          onDone: {
            target: 'slow',
            actions: assign({ shone: ({ context, event }) => [...context.shone, event.output as unknown] }),
          },
        },
      },
      slow: {
        invoke: {
          src: slow,
          id: 'slow',
          onDone: {
            target: 'off',
            actions: assign({ shone: ({ context, event }) => [...context.shone, event.output as unknown] }),
          },
        },
        on: { again: { target: 'slow', reenter: true } },
      },
      dead: {},
    },
  },
  { delays: { bulbLife: 10_000 } },
);

export const lamp: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'shines, glows and dies',
      steps: [
        send('press'),
        wait(200),
        send('again'),
        wait(200),
        wait(100),
        send('press'),
        wait(9_400),
        wait(200),
        send('press'),
      ],
    },
  ],
};
