import { setTimeout as pause } from 'node:timers/promises';
import { LostRaceError } from '../../durable/store.js';

export interface RaceOptions {
  readonly pause?: (ms: number) => Promise<unknown>;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/** With the pauses between them at most 0.3 s: nobody waits for a lock that long who can do something else. */
export const TRIES = 6;
const FIRST_PAUSE_MS = 10;

/**
 * Does work again that lost a race, a few times. The pauses are random, so that two who lost to each other do not meet again.
 * @param work writes nothing when it fails with LostRaceError. @throws LostRaceError of the last try.
 */
export async function retryLostRaces<T>(work: () => Promise<T>, options: RaceOptions = {}): Promise<T> {
  const { pause: wait = pause, random = Math.random } = options;
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LostRaceError) || tried >= TRIES) throw error;
      await wait(random() * FIRST_PAUSE_MS * 2 ** (tried - 1));
    }
  }
}
