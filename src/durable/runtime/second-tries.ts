import { isIncompatible } from '../draft/blocked-turn.js';

/**
 * Gives each message whose turn failed as a defect one more try, with the actor loaded again: a database may refuse once, with
 * whatever code, what it takes the next time. An actor that fits no machine does not fit better then.
 */
export class SecondTries {
  private readonly given = new WeakSet<object>();

  /** @returns whether the message may be tried again. */
  take(envelope: object, error: unknown): boolean {
    if (isIncompatible(error) || this.given.has(envelope)) return false;
    this.given.add(envelope);
    return true;
  }
}
