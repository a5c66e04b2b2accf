import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ORDER_OUTCOMES, OrderStatus } from '../orders/machine/order/order-status.js';
import { OPERATIONS } from '../sandbox/faults/operation.decorator.js';
import { DEMO_PARTNERS } from './demo/demo.port.js';

const page = (file: string): string => readFileSync(path.join(__dirname, 'page', file), 'utf8');

describe("the dashboard's words", () => {
  it.each([...Object.values(OrderStatus), ...ORDER_OUTCOMES])('have a word for %s', (name) => {
    expect(page('words.mjs')).toMatch(new RegExp(`^  ${name}: '`, 'm'));
  });

  it('name every sandbox partner that the demo panel can break', () => {
    const partners = [...new Set(OPERATIONS.map((operation) => operation.split('.')[0]))];
    expect([...DEMO_PARTNERS].sort()).toEqual([...partners].sort());
    const shown = /const PARTNERS = \[(.*)\];/.exec(page('views/demo.panel.mjs'))?.[1] ?? '';
    expect([...shown.matchAll(/'(\w+)'/g)].map(([, name]) => name).sort()).toEqual([...partners].sort());
  });
});
