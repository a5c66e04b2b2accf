import { createMachine, setup } from 'xstate';
import { orderMachine } from '../../orders/machine/order/order-machine.js';
import { OrderStatus } from '../../orders/machine/order/order-status.js';
import { mermaidOf } from './chart-mermaid.js';
import { chartOf } from './chart-model.js';
import { svgOf } from './chart-svg.js';

describe('the chart of a machine', () => {
  const order = chartOf(orderMachine, '1');

  it('has a box for every state, and draws a child machine in the state that invokes it', () => {
    const tops = order.states.filter(({ parent }) => parent === null).map(({ name }) => name);
    expect(tops).toEqual(Object.values(OrderStatus));
    expect(order.states).toContainEqual(
      expect.objectContaining({ key: 'payment/', parent: '/AwaitingPayment', type: 'machine', name: 'payment' }),
    );
    expect(order.states).toContainEqual(
      expect.objectContaining({ key: 'payment/waiting', parent: 'payment/', type: 'atomic' }),
    );
    expect(order.states).toContainEqual(
      expect.objectContaining({ key: '/GettingProducts.running', initial: true, activities: ['getProducts'] }),
    );
  });

  it('has every transition with its event, guard, actions and target', () => {
    expect(order.transitions).toContainEqual(
      expect.objectContaining({
        source: '/GettingProducts.running',
        target: '/GettingProducts.backoff',
        event: 'xstate.error.actor.getProducts',
        kind: 'error',
        label: 'getProducts failed',
        guard: 'mayRetry',
        actions: ['recordFailure'],
      }),
    );
    expect(order.transitions).toContainEqual(
      expect.objectContaining({
        source: 'payment/waiting',
        target: 'payment/timed_out',
        label: 'after paymentTimeout',
      }),
    );
    const ids = order.transitions.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no transition from or to a missing state', () => {
    const keys = new Set(order.states.map(({ key }) => key));
    const ends = order.transitions.flatMap(({ source, target }) => (target === null ? [source] : [source, target]));
    expect(ends.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('becomes an SVG with an id for every state and every line, and without scripts and styles', async () => {
    const svg = await svgOf(order);
    const ids = new Set([...svg.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id.replaceAll('&#45;', '-')));
    expect(order.states.filter(({ key }) => !ids.has(`s:${key}`))).toEqual([]);
    const lines = new Set(order.transitions.map(({ source, target }) => `${source} ${target ?? ''}`));
    expect(svg.match(/class="edge transition/g)?.length).toBeLessThanOrEqual(lines.size);
    for (const { id } of order.transitions.slice(0, 3)) expect(ids).toContain(id);
    expect(svg).not.toMatch(/<script|style=|<foreignObject/);
  });

  it('becomes a Mermaid diagram with balanced braces', () => {
    const text = mermaidOf(order);
    expect(text.startsWith('stateDiagram-v2\n')).toBe(true);
    expect(text).toContain('state "payment (child machine)"');
    expect(text.split('{').length).toBe(text.split('}').length);
  });

  it('works for parallel regions, names with dots and quotes, and a machine without states', async () => {
    const inner = createMachine({ id: 'inner', initial: 'a.b', states: { 'a.b': {} } });
    const odd = setup({ actors: { inner } }).createMachine({
      id: 'odd "one"',
      type: 'parallel',
      states: {
        left: { initial: 'on', states: { on: { on: { FLIP: 'off' } }, off: { on: { FLIP: 'on', '*': {} } } } },
        'say "hi"': { invoke: { src: 'inner', id: 'a/b' } },
      },
    });
    const chart = chartOf(odd, '1');
    expect(chart.states.map(({ key }) => key)).toContain('a~1b/a.b');
    expect(await svgOf(chart)).toContain('<svg');
    expect(mermaidOf(chart)).toContain("say 'hi'");
    expect(await svgOf(chartOf(createMachine({ id: 'empty' }), '1'))).toContain('<svg');
  });
});
