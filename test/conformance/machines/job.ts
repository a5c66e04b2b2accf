/** Watching a job: submit, poll with a growing delay, give up after five looks. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { reject, resolve, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: { context: {} as { jobId: string | null; looks: number } },
  actors: {
    submit: controlled<{ jobId: string }>(),
    look: controlled<'running' | 'succeeded' | 'failed', { jobId: string | null }>(),
  },
  delays: { backoff: ({ context }) => Math.min(1_000 * 2 ** context.looks, 8_000) },
  guards: { tooOften: ({ context }) => context.looks >= 5 },
}).createMachine({
  id: 'job',
  context: { jobId: null, looks: 0 },
  initial: 'submitting',
  states: {
    submitting: {
      invoke: {
        src: 'submit',
        id: 'submit',
        onDone: { target: 'waiting', actions: assign({ jobId: ({ event }) => event.output.jobId }) },
      },
    },
    waiting: { always: { guard: 'tooOften', target: 'lost' }, after: { backoff: 'looking' } },
    looking: {
      entry: assign({ looks: ({ context }) => context.looks + 1 }),
      invoke: {
        src: 'look',
        id: 'look',
        input: ({ context }) => ({ jobId: context.jobId }),
        onDone: [
          { guard: ({ event }) => event.output === 'succeeded', target: 'succeeded' },
          { guard: ({ event }) => event.output === 'failed', target: 'failed' },
          { target: 'waiting' },
        ],
        onError: 'waiting',
      },
    },
    succeeded: { type: 'final' },
    failed: { type: 'final' },
    lost: { type: 'final' },
  },
});
const jobId = { jobId: 'j1' };

export const job: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'succeeds at the third look',
      steps: [
        resolve('submit', jobId),
        wait(1_000),
        resolve('look', 'running'),
        wait(1_999),
        wait(1),
        reject('look'),
        wait(4_000),
        resolve('look', 'succeeded'),
      ],
    },
    {
      title: 'is given up',
      steps: [resolve('submit', jobId), ...[1, 2, 3, 4, 5].flatMap(() => [wait(8_000), resolve('look', 'running')])],
    },
    { title: 'cannot be submitted', steps: [reject('submit')] },
  ],
};
