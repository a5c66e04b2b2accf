import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { BenchUsageError } from '../bench-usage-error.js';
import { machineFacts, type MachineFacts } from '../report/json-lines.js';
import type { Ratios } from './ratios.js';

interface RecordedRatios {
  readonly machine: MachineFacts;
  /** Of the last minute of recording, the benchmark's own load included. */
  readonly loadAverage: number;
  /** Rounds whose medians these are. */
  readonly rounds: number;
  readonly ratios: Ratios;
}

/** In the sources: compiled files lie elsewhere. */
const FILE = path.join(process.cwd(), 'test/bench/ratios/recorded-ratios.json');
const DIGITS = 4;

/** @throws BenchUsageError when nothing was recorded. */
export function readRatios(): RecordedRatios {
  if (!existsSync(FILE)) throw new BenchUsageError('No ratios are recorded. Record them: npm run bench -- --record');
  return JSON.parse(readFileSync(FILE, 'utf8')) as RecordedRatios; // written below
}

export function recordRatios(ratios: Ratios, rounds: number): void {
  const recorded: RecordedRatios = { machine: machineFacts(), loadAverage: loadavg()[0] ?? NaN, rounds, ratios };
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;
  writeFileSync(FILE, `${JSON.stringify(recorded, rounded, 2)}\n`);
}
