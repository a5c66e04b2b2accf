import { setup } from 'xstate';

/** A lamp with one button: the smallest machine that takes events and never ends. */
export const lampMachine = (id = 'lamp') =>
  setup({ types: { events: {} as { type: 'press' } } }).createMachine({
    id,
    initial: 'off',
    states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
  });
