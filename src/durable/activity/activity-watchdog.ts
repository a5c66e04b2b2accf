/**
 * Watches one running activity: says once that its time is over, or that it has been silent for too long.
 * Lives in the process only: a sign of life is no write to the database, and what a dead process ran is found by its lease.
 */
import { ActivityHeartbeatError, ActivityTimeoutError } from '../model/activity-errors.js';
import type { Clock } from '../model/clock.port.js';

export interface ActivityWatchdogOptions {
  readonly clock: Clock;
  readonly timeoutMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
  readonly onLate: (error: ActivityTimeoutError | ActivityHeartbeatError) => void;
}

type Cancel = () => void;

/** A clock need not wait longer in one go (see clock.port.ts). */
const LONGEST_WAIT_MS = 86_400_000;

export class ActivityWatchdog {
  private readonly forgetTimeout: Cancel;
  private forgetSilence: Cancel = () => undefined;
  private over = false;
  private late = false;

  constructor(private readonly options: ActivityWatchdogOptions) {
    const { clock, timeoutMs } = options;
    this.forgetTimeout =
      timeoutMs === null
        ? () => undefined
        : afterAll(clock, timeoutMs, () => this.end(new ActivityTimeoutError(timeoutMs)));
    this.beat();
  }

  /** The activity lives: its silence begins anew. */
  beat(): void {
    const { clock, heartbeatTimeoutMs } = this.options;
    if (this.over || heartbeatTimeoutMs === null) return;
    this.forgetSilence();
    this.forgetSilence = afterAll(clock, heartbeatTimeoutMs, () =>
      this.end(new ActivityHeartbeatError(heartbeatTimeoutMs)),
    );
  }

  get expired(): boolean {
    return this.late;
  }

  /** The activity has ended. */
  stop(): void {
    this.over = true;
    this.forgetTimeout();
    this.forgetSilence();
  }

  private end(error: ActivityTimeoutError | ActivityHeartbeatError): void {
    this.stop();
    this.late = true;
    this.options.onLate(error);
  }
}

function afterAll(clock: Clock, delayMs: number, run: () => void): Cancel {
  if (delayMs <= LONGEST_WAIT_MS) return clock.after(delayMs, run);
  let cancel = clock.after(LONGEST_WAIT_MS, () => {
    cancel = afterAll(clock, delayMs - LONGEST_WAIT_MS, run);
  });
  return () => cancel();
}
