import { assign, setup } from 'xstate';
import { type DurableHandle, DurableModule } from '../../src/durable/index.js';

const counter = setup({
  types: {
    input: {} as { from: number },
    context: {} as { count: number },
    events: {} as { type: 'add'; by: number } | { type: 'stop' },
  },
}).createMachine({
  id: 'counter',
  context: ({ input }) => ({ count: input.from }),
  initial: 'open',
  states: {
    open: {
      on: { add: { actions: assign({ count: ({ context, event }) => context.count + event.by }) }, stop: 'closed' },
    },
    closed: { type: 'final' },
  },
});

/**
 * Never called. `npm run typecheck` fails when one of the marked lines compiles, and when one of the others does not: the
 * handle's types are the machine's.
 */
async function whatCompiles(counters: DurableHandle<typeof counter>): Promise<void> {
  await counters.start({ from: 1 });
  // @ts-expect-error the input has another type
  await counters.start({ from: 'one' });
  // @ts-expect-error the input lacks a field
  await counters.start({});
  // @ts-expect-error the machine needs an input
  await counters.start();

  await counters.send('c-1', { type: 'add', by: 2 });
  await counters.send('c-1', { type: 'stop' });
  // @ts-expect-error the machine knows no such event
  await counters.send('c-1', { type: 'subtract', by: 2 });
  // @ts-expect-error the event lacks a field
  await counters.send('c-1', { type: 'add' });
  // @ts-expect-error the event's field has another type
  await counters.send('c-1', { type: 'add', by: 'two' });
}

/** As above: a registration's callbacks see the machine's own snapshot and events. */
function whatRegisters() {
  return [
    DurableModule.forFeature({ machine: counter }),
    DurableModule.forFeature({
      machine: counter,
      outcome: ({ context }) => (context.count > 9 ? 'many' : null),
      whenUnexpected: (event) => (event.type === 'add' ? 'keep' : 'refuse'),
      retryEvent: 'stop',
    }),
    // @ts-expect-error an outcome is text, and the count is none
    DurableModule.forFeature({ machine: counter, outcome: ({ context }) => context.count }),
    DurableModule.forFeature({
      machine: counter,
      // @ts-expect-error the machine knows no such event
      whenUnexpected: (event) => (event.type === 'sub' ? 'keep' : 'refuse'),
    }),
    // @ts-expect-error the machine knows no such event
    DurableModule.forFeature({ machine: counter, retryEvent: 'sub' }),
  ];
}

describe('The types of a handle', () => {
  it('`npm run typecheck` refuses an event or an input that the machine does not have', () => {
    expect([typeof whatCompiles, typeof whatRegisters]).toEqual(['function', 'function']);
  });
});
