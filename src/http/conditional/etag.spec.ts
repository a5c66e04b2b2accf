import { etagOf, readIfMatch } from './etag.js';

describe('an If-Match', () => {
  it.each([
    [etagOf(7), [7]],
    ['"7", "8"', [7, 8]],
    [' "7","8" ', [7, 8]],
    ['*', 'any'],
    ['W/"7"', []],
    ['W/"7", "9"', [9]],
    ['"abc"', []],
    ['"7.5"', []],
    ['""', []],
    ['7', null],
    ['"7', null],
    ['', null],
    ['"7",', null],
    ['"7" "8"', null],
    ['"7\u00e9"', null],
  ])('%j names %j', (header, revisions) => {
    expect(readIfMatch(header)).toEqual(revisions);
  });
});
