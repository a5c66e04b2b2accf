import { figureTable, progressLine } from './figure-table.js';

describe('figureTable', () => {
  const line = (name: string, concurrency: number | null, ordersPerSecond: number) => ({
    name,
    concurrency,
    figures: { ordersPerSecond },
  });

  it('shows the median over the rounds of each subject and concurrency', () => {
    const rounds = [line('sqlite', 1, 100), line('sqlite', 100, 500), line('sqlite', 1, 300), line('sqlite', 1, 200)];
    expect(figureTable('in process', rounds)).toBe(
      ['in process    C  orders/s', 'sqlite        1       200', 'sqlite      100       500', ''].join('\n'),
    );
  });

  it('leaves a cell empty where a subject has no such figure', () => {
    const both = [line('memory', 1, 100), { name: 'sqlite', concurrency: 1, figures: { bytesPerOrder: 16_123.4 } }];
    expect(figureTable('in process', both).split('\n')).toEqual([
      'in process  C  orders/s  bytes/order',
      'memory      1       100             ',
      'sqlite      1                  16123',
      '',
    ]);
  });

  it('shows no concurrency where nobody orders', () => {
    expect(figureTable('parked', [line('sqlite', null, 1)])).toBe('parked  C  orders/s\nsqlite            1\n');
  });
});

describe('progressLine', () => {
  it('names the measurement and its first four figures', () => {
    const figures = {
      stored: 1_000,
      ordersPerSecond: 98.7,
      turnsPerSecond: 987,
      cpuMicrosPerTurn: 250,
      bytesPerOrder: 1,
    };
    expect(progressLine({ round: 2, table: 'growth', name: 'sqlite', concurrency: 100, figures })).toBe(
      'round 2, growth: sqlite C=100: 1000 stored, 99 orders/s, 987 turns/s, 250 CPU µs/turn',
    );
  });
});
