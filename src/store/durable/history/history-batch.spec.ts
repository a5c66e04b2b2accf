import type { HistoryRecord } from '../../../durable/store.js';
import { packHistory, unpackHistory } from './history-batch.js';

describe('A batch of history (G8)', () => {
  const record = (seq: number, overrides: Partial<HistoryRecord> = {}): HistoryRecord => ({
    actorId: 'a',
    seq,
    revision: 1,
    at: 1_764_000_000_000,
    type: 'state.changed',
    data: '{}',
    ...overrides,
  });
  const roundTrip = (records: readonly HistoryRecord[]) => {
    const batch = packHistory(records);
    return batch === null ? [] : unpackHistory(batch);
  };

  const layouts: readonly (readonly [string, readonly HistoryRecord[]])[] = [
    ['no record', []],
    ['one record', [record(1)]],
    ['records of one turn', [record(4), record(5), record(6)]],
    ['records of several turns', [record(7), record(8, { revision: 2 }), record(9, { revision: 2 })]],
    ['records of one revision at several times', [record(1), record(2, { at: 1 }), record(3, { at: 1 })]],
    ['a record of the time 0', [record(1, { at: 0 }), record(2, { at: 0 })]],
    ['a record of the revision 0', [record(1, { revision: 0, at: 0 }), record(2)]],
    ['a record of a time before 1970', [record(1, { at: -1 })]],
    ['data with spaces', [record(1, { data: '{"a": " b  c "}' }), record(2, { data: ' {}' })]],
    ['data with escapes', [record(1, { data: JSON.stringify({ text: '\n\r\t\u0000\u2028"\\ ü 😀' }) })]],
    ['data that is empty', [record(1, { data: '' }), record(2, { data: '' })]],
    ['large data', [record(1, { data: JSON.stringify('x'.repeat(1_000_000)) }), record(2)]],
    ['many records', Array.from({ length: 1_000 }, (_, n) => record(n + 1, { revision: Math.ceil((n + 1) / 3) }))],
  ];
  it.each(layouts)('gives back %s', (_what, records) => {
    expect(roundTrip(records)).toStrictEqual(records);
  });

  it('puts records in order', () => {
    expect(roundTrip([record(3), record(1), record(2)]).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it.each([
    ['a gap', [record(1), record(3)]],
    ['a number that comes twice', [record(1), record(1)]],
    ['records of two actors', [record(1), record(2, { actorId: 'b' })]],
    ['a type of two words', [record(1, { type: 'state changed' })]],
    ['a type of two lines', [record(1, { type: 'state\nchanged' })]],
    ['data of two lines', [record(1, { data: '{\n}' })]],
  ])('refuses %s', (_what, records) => {
    expect(() => packHistory(records)).toThrow(/has a gap|is not one line/);
  });
});
