import { readCursor, writeCursor } from './page-cursor.js';

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  it.each([
    { at: 0, id: 'a' },
    { at: 1_767_225_600_000, id: 'payments:evt:1' },
    { at: 5, id: 'line\nbreak' },
  ])('of $at and "$id" is read as it was written', (end) => {
    expect(readCursor(writeCursor(end))).toEqual(end);
  });

  it('that a list of webhooks gave out before is still read', () => {
    expect(readCursor(encoded('[17,"payments:evt_1"]'))).toEqual({ at: 17, id: 'payments:evt_1' });
  });

  it.each(['', 'x', encoded('1'), encoded(':a'), encoded('1:'), encoded('-1:a'), encoded('1e9:a'), encoded('[1]')])(
    '"%s" is refused',
    (cursor) => {
      expect(() => readCursor(cursor)).toThrow(RangeError);
    },
  );
});
