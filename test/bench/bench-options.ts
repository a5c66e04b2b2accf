import { parseArgs } from 'node:util';
import { STORE_NAMES } from './databases/bench-database.js';
import { BenchUsageError } from './bench-usage-error.js';
import { PEERS, USUAL_PEERS } from './peers.js';

const SUBJECTS = [...STORE_NAMES, 'http', 'stack', 'floor', 'parked', 'recovery', 'growth', ...PEERS] as const;
export type Subject = (typeof SUBJECTS)[number];

const USUAL: readonly Subject[] = ['sqlite', 'postgres', 'memory', 'http'];
const BESIDE_PEERS: readonly Subject[] = ['sqlite', 'postgres', ...USUAL_PEERS];

export interface BenchOptions {
  readonly rounds: number;
  readonly subjects: ReadonlySet<Subject>;
  readonly concurrencies: readonly number[];
  /** Orders of each run; null: as many as the concurrency needs. */
  readonly orders: number | null;
  /** Most orders that `parked` and `growth` store. */
  readonly stored: number;
  /** File to which a line is added for each measurement. */
  readonly json: string | null;
  /** What becomes of the ratios to the probe, if they are what is measured. */
  readonly ratios: 'check' | 'record' | null;
}

/** @throws BenchUsageError */
export function readOptions(args: readonly string[]): BenchOptions {
  const values = parsed(args);
  if (values.check && values.record) throw new BenchUsageError('--check and --record exclude each other.');
  const ratios = values.check ? 'check' : values.record ? 'record' : null;
  const { only, peers, concurrency, orders, stored } = values;
  if (ratios !== null && (peers || [only, concurrency, orders, stored].some((each) => each !== undefined))) {
    throw new BenchUsageError(`--${ratios} measures the same each time: it goes with --rounds and --json only.`);
  }
  return {
    rounds: whole('--rounds', values.rounds),
    subjects: new Set(values.only === undefined ? (values.peers ? BESIDE_PEERS : USUAL) : subjectsOf(values)),
    concurrencies: (values.concurrency ?? '1,16,100').split(',').map((each) => whole('--concurrency', each)),
    orders: values.orders === undefined ? null : whole('--orders', values.orders),
    stored: whole('--stored', values.stored ?? '100000'),
    json: values.json ?? null,
    ratios,
  };
}

const OPTIONS = {
  rounds: { type: 'string', default: '3' },
  only: { type: 'string' },
  concurrency: { type: 'string' },
  orders: { type: 'string' },
  stored: { type: 'string' },
  json: { type: 'string' },
  peers: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  record: { type: 'boolean', default: false },
} as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new BenchUsageError(error instanceof Error ? error.message : String(error));
  }
}

function subjectsOf({ only = '', peers }: { readonly only?: string | undefined; readonly peers: boolean }): Subject[] {
  const named = only.split(',').map((name) => {
    const subject = SUBJECTS.find((each) => each === name);
    if (subject === undefined) {
      throw new BenchUsageError(`--only knows no "${name}". It takes, separated by commas: ${SUBJECTS.join(', ')}.`);
    }
    return subject;
  });
  return peers ? [...named, ...USUAL_PEERS] : named;
}

function whole(option: string, text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    throw new BenchUsageError(`${option} takes a whole number from 1 to 999999999, not "${text}".`);
  }
  return Number(text);
}
