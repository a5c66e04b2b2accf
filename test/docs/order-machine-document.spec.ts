import { setup } from 'xstate';
import { chartOf } from '../../src/dashboard/chart/chart-model.js';
import { OrderStatus } from '../../src/orders/machine/order/order-status.js';
import { insideOf, overviewOf, waysOutOf } from './chart-parts.js';
import { orderMachineDocument, statusPart } from './order-machine-document.js';

const child = setup({}).createMachine({ id: 'child', initial: 'one', states: { one: { on: { GO: 'two' } }, two: {} } });
const parent = setup({ actors: { child } }).createMachine({
  id: 'parent',
  initial: 'open',
  states: {
    open: {
      initial: 'a',
      states: { a: { on: { NEXT: 'b', END: '#parent.shut' } }, b: { invoke: { src: 'child', id: 'c' } } },
      on: { STOP: 'shut' },
    },
    shut: {},
  },
});
const chart = chartOf(parent, '1');

describe('a part of a chart', () => {
  it('is an overview: the top states, and one line from one to another with all that leads there', () => {
    const { states, transitions } = overviewOf(chart);
    expect(states.map(({ name }) => name)).toEqual(['open', 'shut']);
    expect(transitions.map(({ source, target, label }) => [source, target, label])).toEqual([
      ['/open', '/shut', 'STOP, END'],
    ]);
  });

  it('is the inside of a status, where a child machine is one box', () => {
    const { states, transitions } = insideOf(chart, '/open');
    expect(states.map(({ name, parent: box }) => [name, box])).toEqual([
      ['a', null],
      ['b', null],
      ['child', '/open.b'],
    ]);
    expect(transitions.map(({ label }) => label)).toEqual(['NEXT']);
  });

  it('is the inside of a child machine', () => {
    const { states, transitions } = insideOf(chart, 'c/');
    expect(states.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(transitions.map(({ label }) => label)).toEqual(['GO']);
  });

  it('is what leaves a status, from wherever inside', () => {
    expect(waysOutOf(chart, '/open').map(({ source, label }) => [source, label])).toEqual([
      ['/open', 'STOP'],
      ['/open.a', 'END'],
    ]);
  });
});

describe('docs/ORDER_MACHINE.md', () => {
  const page = orderMachineDocument();

  it('has a part for every status that an order leaves, and one for every child machine', () => {
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    const left = Object.values(OrderStatus).filter((status) => status !== OrderStatus.Completed);
    expect(headings).toEqual(['Overview', ...left, 'payment (child machine)', 'late-payment (child machine)']);
  });

  it('shows the inside of a status, and every transition that leaves it', () => {
    const [open] = chart.states;
    const part = statusPart(chart, open!).join('\n');
    expect(part).toContain('s1 --> s2 : NEXT');
    expect(part).toContain('|  | STOP |  | shut |');
    expect(part).toContain('| a | END |  | shut |');
  });
});
