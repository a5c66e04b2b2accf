/** Customer onboarding: a wizard that remembers where one was, with several activities for each step. */
import { assign, setup } from 'xstate';
import { controlled } from '../controlled-promises.js';
import { DAY, reject, resolve, send, wait, type ConformanceCase } from '../scenario.js';

const machine = setup({
  types: {
    context: {} as { answers: Record<string, string>; nudges: number },
    events: {} as { type: 'answer'; field: string; value: string } | { type: 'next' | 'leave' | 'return' },
  },
  actors: {
    verify: controlled<boolean, { email: string }>(),
    createAccount: controlled<{ id: string }>(),
    nudge: controlled<string>(),
  },
  delays: { silence: 2 * DAY, abandonment: 30 * DAY },
}).createMachine({
  id: 'onboarding',
  context: { answers: {}, nudges: 0 },
  initial: 'wizard',
  states: {
    wizard: {
      initial: 'email',
      on: {
        leave: 'away',
        answer: {
          actions: assign({ answers: ({ context, event }) => ({ ...context.answers, [event.field]: event.value }) }),
        },
      },
      states: {
        email: { on: { next: { guard: ({ context }) => 'email' in context.answers, target: 'verifying' } } },
        verifying: {
          invoke: {
            src: 'verify',
            id: 'verify',
            input: ({ context }) => ({ email: context.answers['email'] ?? '' }),
            onDone: [{ guard: ({ event }) => event.output, target: 'profile' }, { target: 'email' }],
            onError: 'email',
          },
        },
        profile: { on: { next: '#creating' } },
        last: { type: 'history' },
      },
    },
    away: {
      initial: 'quiet',
      after: { abandonment: 'abandoned' },
      on: { return: 'wizard.last' },
      states: {
        quiet: { after: { silence: 'nudging' } },
        nudging: {
          entry: assign({ nudges: ({ context }) => context.nudges + 1 }),
          invoke: { src: 'nudge', id: 'nudge', onDone: 'quiet', onError: 'quiet' },
        },
      },
    },
    creating: { id: 'creating', invoke: { src: 'createAccount', id: 'create', onDone: 'onboarded' } },
    onboarded: { type: 'final' },
    abandoned: { type: 'final' },
  },
  output: ({ context }) => context.answers,
});
const answer = (field: string, value: string) => send('answer', { field, value });

export const onboarding: ConformanceCase = {
  machine,
  scenarios: [
    {
      title: 'goes on where it was left',
      steps: [
        send('next'),
        answer('email', 'a@b'),
        send('next'),
        resolve('verify', false),
        answer('email', 'c@d'),
        send('next'),
        resolve('verify', true),
        send('leave'),
        wait(2 * DAY),
        resolve('nudge'),
        wait(DAY),
        send('return'),
        answer('name', 'Ada'),
        send('next'),
        resolve('create', { id: 'x' }),
      ],
    },
    {
      title: 'is abandoned after thirty days',
      steps: [
        answer('email', 'a@b'),
        send('leave'),
        wait(2 * DAY),
        reject('nudge'),
        wait(2 * DAY),
        resolve('nudge'),
        wait(26 * DAY),
      ],
    },
    {
      title: 'verifies again on return',
      steps: [answer('email', 'a@b'), send('next'), send('leave'), send('return'), resolve('verify', true)],
    },
  ],
};
