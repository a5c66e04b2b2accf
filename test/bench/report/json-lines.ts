import { appendFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import type { Measurement } from './measurement.js';

export interface MachineFacts {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryMb: number;
  readonly platform: string;
  readonly node: string;
}

/** What the figures depend on besides the code. */
export function machineFacts(): MachineFacts {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 2 ** 20),
    platform: `${platform()}-${arch()}`,
    node: process.version,
  };
}

/** Adds a line to the file, so that an interrupted run keeps what it has measured. */
export function addJsonLine(file: string, measurement: Measurement): void {
  appendFileSync(file, `${JSON.stringify({ ...measurement, machine: machineFacts() })}\n`);
}
