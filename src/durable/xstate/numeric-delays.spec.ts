import { createMachine, setup, type AnyStateMachine } from 'xstate';
import { DurableHarness } from '../testing/durable-harness.js';
import { numericDelays } from './numeric-delays.js';
import { orderMachine } from '../../orders/machine/order/order-machine.js';

const waitingFor = (delay: string | number, id = 'loan'): AnyStateMachine =>
  createMachine({ id, initial: 'waiting', states: { waiting: { after: { [delay]: 'over' } }, over: {} } });

describe('A delay written as a number', () => {
  it('is found wherever it is, in child machines too', () => {
    const parent = setup({ actors: { child: waitingFor(2_000, 'child') } }).createMachine({
      id: 'parent',
      initial: 'a',
      after: { 1_000: '.b' },
      states: { a: { invoke: { src: 'child' } }, b: { invoke: { src: waitingFor('0.5', 'inline') } } },
    });
    expect(numericDelays(parent)).toEqual([
      'parent after 1000',
      'child.waiting after 2000',
      'inline.waiting after 0.5',
    ]);
  });

  it('is not a delay with a name', () => {
    expect(numericDelays(waitingFor('patience'))).toEqual([]);
    expect(numericDelays(orderMachine)).toEqual([]);
  });

  it('is warned of when its machine is registered: changing the number would strand the timers that are stored', async () => {
    const harness = await DurableHarness.start({
      register: (node) => {
        node.register({ machine: waitingFor(5_000), version: '7' });
        node.register({ machine: waitingFor('patience', 'visa') });
      },
    });
    expect(harness.log.lines).toEqual([
      {
        level: 'warn',
        fields: { machineId: 'loan', version: '7', delays: ['loan.waiting after 5000'] },
        message: expect.stringContaining('give each a name in setup({ delays })') as string,
      },
    ]);
    await harness.stop();
  });
});
