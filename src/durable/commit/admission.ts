/**
 * Refuses outside callers while they bring more than can be committed: before memory runs out, and before those who wait
 * have given up. What the runtime itself has to do always goes in, because it ends what was begun.
 *
 * Counted: messages from their arrival to their answer, and commits until they are durable.
 */
import { OverloadedError } from '../model/durable-errors.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';

export interface AdmissionBounds {
  /** Most bytes that may be under way. */
  readonly maxPendingBytes: number;
  /** Longest time that a caller's commit may have to wait for its batch to begin. */
  readonly maxPendingMs: number;
}

export interface AdmissionOptions extends AdmissionBounds {
  readonly logger: DurableLogger;
  readonly observer: Pick<RuntimeObserver, 'callerRefused'>;
  /** Of the commits that are not durable yet. */
  readonly commits: { readonly pendingBytes: number; readonly waitMs: number };
}

/** Commits of a busy database wait some ten milliseconds. */
const SLOW_MS = 250;

/** What a message takes beside its text, with its sender and the turn that it waits for. */
export const MESSAGE_BYTES = 10_000;

export class Admission {
  private messageBytes = 0;
  private refuses = false;

  constructor(private readonly options: AdmissionOptions) {}

  get pendingBytes(): number {
    return this.messageBytes + this.options.commits.pendingBytes;
  }

  /** How long one more commit would wait for its batch. */
  get waitMs(): number {
    return this.options.commits.waitMs;
  }

  /** Commits wait so long that what goes ahead of them only adds to what is under way. */
  get isSlow(): boolean {
    return this.waitMs > SLOW_MS;
  }

  get isOverloaded(): boolean {
    return this.obstacleTo(MESSAGE_BYTES) !== null;
  }

  /** Of an outside caller. @throws OverloadedError */
  admit(bytes: number): void {
    const { logger, observer } = this.options;
    const obstacle = this.obstacleTo(bytes);
    const { pendingBytes, waitMs } = this;
    if (obstacle === null) {
      if (this.refuses) logger.info({ pendingBytes, waitMs }, 'callers are taken again');
      this.refuses = false;
      return;
    }
    if (!this.refuses)
      logger.warn({ pendingBytes, waitMs, obstacle }, 'callers are refused: the database is too slow for them');
    this.refuses = true;
    observer.callerRefused(obstacle);
    throw new OverloadedError(waitMs);
  }

  /** @returns a function to call when the message is answered. */
  hold(bytes: number): () => void {
    this.messageBytes += bytes;
    return () => {
      this.messageBytes -= bytes;
    };
  }

  private obstacleTo(bytes: number): 'bytes' | 'wait' | null {
    const { maxPendingBytes, maxPendingMs } = this.options;
    if (this.waitMs > maxPendingMs) return 'wait';
    // A message that alone is larger goes in when nothing else is under way.
    return this.pendingBytes > 0 && this.pendingBytes + bytes > maxPendingBytes ? 'bytes' : null;
  }
}
