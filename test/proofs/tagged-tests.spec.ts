import { treeOf } from '../docs/source-tree.js';
import { taggedTests } from './tagged-tests.js';

const testsOf = (text: string, others: Readonly<Record<string, string>> = {}) =>
  taggedTests(treeOf({ 'src/a.spec.ts': text, ...others }));

describe('taggedTests', () => {
  it('takes the tags of a test and of the groups around it, and the titles without them', () => {
    const text = "describe('an order (G4)', () => { it('ends once (G7, invariants 2, 8)', f); });";
    expect(testsOf(text)).toEqual([
      {
        file: 'src/a.spec.ts',
        line: 1,
        tags: ['G4', 'G7', 'invariant 2', 'invariant 8'],
        titles: ['an order', 'ends once'],
        skipped: false,
        tests: 1,
        cases: null,
      },
    ]);
  });

  it.each([
    ['a test without a tag', "it('ends once', f); it('is (not) tagged', f);"],
    ['a tag outside of a title', "// (G4)\nconst a = 'b (G4)';"],
  ])('passes over %s', (_, text) => {
    expect(testsOf(text)).toEqual([]);
  });

  it.each([
    ['a list', "it.each([1, 2, 3])('%i (G1)', f);", 3],
    ['rows within rows', "describe.each([1, 2])('%i', () => { it.each([1, 2, 3])('%i (G1)', f); });", 6],
    ['a constant with a spread', "const A = [1, 2] as const; it.each([...A, 3])('%i (G1)', f);", 3],
    ['the entries of an object', "const A = { a: 1, b: 2 }; it.each(Object.entries<number>(A))('%s (G1)', f);", 2],
    ['a mapped list', "it.each([1, 2].map(double))('%i (G1)', f);", 2],
    ['a constant of another file', "import { ALL } from './b.js'; it.each(ALL)('%s (G1)', f);", 2],
    ['an enumeration of another file', "import { E } from './b.js'; it.each(Object.values(E))('%s (G1)', f);", 3],
    ['what only a run can tell', "it.each(made())('%s (G1)', f);", null],
  ])('counts the tests of %s', (_, text, tests) => {
    const others = { 'src/b.ts': "export const ALL = ['x', 'y']; export enum E { A, B, C }" };
    expect(testsOf(text, others).map((test) => test.tests)).toEqual([tests]);
  });

  it.each([
    ['a number', "it('runs (G1)', () => { registerCases(1_452, all.length); });", 1_452],
    ['an expression', "it('runs (G1)', () => { registerCases(all.length, all.length); });", 'unreadable'],
  ])('reads the registered cases when they are %s', (_, text, cases) => {
    expect(testsOf(text).map((test) => test.cases)).toEqual([cases]);
  });

  it.each(['it.skip', 'describe.skip', 'it.failing', 'it.todo'])('marks a test of %s as skipped', (call) => {
    expect(testsOf(`${call}('runs (G1)', () => { it('at all', f); });`).map(({ skipped }) => skipped)).toEqual([true]);
  });
});
