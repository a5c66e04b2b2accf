import { join, resolve } from 'node:path';

const COMPILED = resolve(__dirname, '../../node_modules/.cache/durable-orders/compiled');

/** Path of a compiled source, for a process that runs without jest; see compile.setup.cjs. */
export function compiled(file: string): string {
  return join(COMPILED, file);
}
