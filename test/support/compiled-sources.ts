import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Compiled by compile-setup.cjs for jest; what runs compiled itself finds the rest beside it. */
const COMPILED = __filename.endsWith('.ts') ? join(ROOT, 'node_modules/.cache/durable-orders/compiled') : ROOT;

/** Path of a compiled source, for a process that runs without jest. */
export function compiled(file: string): string {
  return join(COMPILED, file);
}
