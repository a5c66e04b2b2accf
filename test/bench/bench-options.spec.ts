import { readOptions } from './bench-options.js';
import { BenchUsageError } from './bench-usage-error.js';

describe('readOptions', () => {
  it('measures three rounds of the engine and of HTTP by default', () => {
    expect(readOptions([])).toEqual({
      rounds: 3,
      subjects: new Set(['sqlite', 'postgres', 'memory', 'http']),
      concurrencies: [1, 16, 100],
      orders: null,
      stored: 100_000,
      json: null,
      ratios: null,
    });
  });

  it('takes the subjects that --only names', () => {
    expect(readOptions(['--only', 'parked,recovery,growth']).subjects).toEqual(
      new Set(['parked', 'recovery', 'growth']),
    );
  });

  it('puts the peers beside both databases', () => {
    const { subjects } = readOptions(['--peers']);
    expect([...subjects]).toEqual(expect.arrayContaining(['sqlite', 'postgres', 'probe-sqlite', 'dbos', 'restate']));
    expect(subjects).not.toContain('http');
  });

  it('puts the peers beside what --only names', () => {
    const { subjects } = readOptions(['--peers', '--only', 'memory']);
    expect(subjects).toContain('naive-sqlite');
    expect(subjects).toContain('memory');
    expect(subjects).not.toContain('sqlite');
  });

  it('reads numbers and the file', () => {
    const args = '--rounds 1 --concurrency 1,32 --orders 50 --stored 1000000 --json out.jsonl'.split(' ');
    expect(readOptions(args)).toMatchObject({
      rounds: 1,
      concurrencies: [1, 32],
      orders: 50,
      stored: 1_000_000,
      json: 'out.jsonl',
    });
  });

  it('checks or records the ratios to the probe', () => {
    expect(readOptions(['--check']).ratios).toBe('check');
    expect(readOptions(['--record', '--rounds', '5'])).toMatchObject({ ratios: 'record', rounds: 5 });
  });

  it.each([
    ['--only mysql', '--only knows no "mysql". It takes, separated by commas: sqlite, '],
    ['--rounds 0', '--rounds takes a whole number from 1 to 999999999, not "0".'],
    ['--rounds many', '--rounds takes a whole number from 1 to 999999999, not "many".'],
    ['--concurrency 1,', '--concurrency takes a whole number from 1 to 999999999, not "".'],
    ['--stored 1e6', '--stored takes a whole number from 1 to 999999999, not "1e6".'],
    ['--check --record', '--check and --record exclude each other.'],
    ['--check --only sqlite', '--check measures the same each time'],
    ['--record --concurrency 1', '--record measures the same each time'],
    ['--check --orders 50', '--check measures the same each time'],
    ['--round 1', "Unknown option '--round'"],
    ['sqlite', "Unexpected argument 'sqlite'"],
  ])('refuses %s and says what is wrong', (line, message) => {
    const read = (): unknown => readOptions(line.split(' '));
    expect(read).toThrow(BenchUsageError);
    expect(read).toThrow(message);
  });
});
