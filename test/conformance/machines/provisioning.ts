/** Provisioning orders: each error code has a route of its own. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, type ConformanceCase } from '../scenario.js';

const codeOf = (event: { error: unknown }): string => (event.error as { code: string }).code; // activities fail with one
const machine = setup({
  types: { input: {} as { item: string | null }, context: {} as { item: string | null; failure: unknown } },
  actors: {
    provision: controlled<{ serial: string }, { item: string | null }>(),
    handle: controlled<string, { code: string }>(),
  },
}).createMachine({
  id: 'provisioning',
  context: ({ input }) => ({ item: input.item, failure: null }),
  initial: 'provisioning',
  states: {
    provisioning: {
      invoke: {
        src: 'provision',
        id: 'provision',
        input: ({ context }) => ({ item: context.item }),
        onDone: 'provisioned',
        onError: [
          {
            guard: ({ event }) => codeOf(event) === 'missing_id',
            target: 'handling.missingId',
            actions: assign({ failure: ({ event }) => event.error }),
          },
          { guard: ({ event }) => codeOf(event) === 'missing_item', target: 'handling.missingItem' },
          { target: 'handling.other' },
        ],
      },
    },
    handling: {
      initial: 'other',
      states: {
        missingId: { invoke: { src: 'handle', id: 'handle', input: { code: 'missing_id' }, onDone: 'over' } },
        missingItem: { invoke: { src: 'handle', id: 'handle', input: { code: 'missing_item' }, onDone: 'over' } },
        other: { invoke: { src: 'handle', id: 'handle', input: { code: 'other' }, onDone: 'over' } },
        over: { type: 'final' },
      },
      onDone: 'failed',
    },
    provisioned: { type: 'final' },
    failed: { type: 'final' },
  },
});

export const provisioning: ConformanceCase = {
  machine,
  scenarios: [
    { title: 'provisions', input: { item: 'tv' }, steps: [resolve('provision', { serial: 's1' })] },
    {
      title: 'routes a missing id',
      input: { item: 'tv' },
      steps: [reject('provision', 'missing_id'), resolve('handle')],
    },
    {
      title: 'routes a missing item',
      input: { item: null },
      steps: [reject('provision', 'missing_item'), resolve('handle')],
    },
    { title: 'routes all else', input: { item: 'tv' }, steps: [reject('provision', 'weather'), resolve('handle')] },
  ],
};
