import crypto from 'node:crypto';
import type { Clock } from '../../../src/durable/index.js';

/**
 * Whoever asks the machine for the time gets the clock's while `work` runs, and whoever asks it for something random gets the
 * next of a fixed sequence: what the service stores is the same every time.
 */
export async function repeatably<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const { randomUUID, randomBytes } = crypto;
  const { now } = Date;
  const { random } = Math;
  let drawn = 0;
  Object.assign(crypto, {
    randomUUID: () => `00000000-0000-4000-9000-${String((drawn += 1)).padStart(12, '0')}`,
    randomBytes: (size: number) => Buffer.alloc(size, 7),
  });
  Object.assign(Date, { now: () => clock.now() });
  Object.assign(Math, { random: () => 0.5 });
  try {
    return await work();
  } finally {
    Object.assign(crypto, { randomUUID, randomBytes });
    Object.assign(Date, { now });
    Object.assign(Math, { random });
  }
}
