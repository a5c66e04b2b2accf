/**
 * Watches one running activity. Calls `onLate` once, when its time is over or its heartbeat is missing.
 *
 * Leaves to others: activities of a dead process, which its lease reveals. A heartbeat writes nothing to the database.
 */
import { ActivityHeartbeatError, ActivityTimeoutError } from './activity-errors.js';
import type { Clock } from '../model/clock.port.js';

export interface ActivityWatchdogOptions {
  readonly clock: Clock;
  readonly timeoutMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
  readonly onLate: (error: ActivityTimeoutError | ActivityHeartbeatError) => void;
}

type Cancel = () => void;

/** One call of a clock waits no longer (clock.port.ts). */
const LONGEST_WAIT_MS = 86_400_000;

export class ActivityWatchdog {
  private readonly cancelTimeout: Cancel;
  private cancelHeartbeat: Cancel = () => undefined;
  private over = false;
  private late = false;

  constructor(private readonly options: ActivityWatchdogOptions) {
    const { clock, timeoutMs } = options;
    this.cancelTimeout =
      timeoutMs === null
        ? () => undefined
        : afterAll(clock, timeoutMs, () => this.end(new ActivityTimeoutError(timeoutMs)));
    this.beat();
  }

  /** The activity sent a heartbeat. */
  beat(): void {
    const { clock, heartbeatTimeoutMs } = this.options;
    if (this.over || heartbeatTimeoutMs === null) return;
    this.cancelHeartbeat();
    this.cancelHeartbeat = afterAll(clock, heartbeatTimeoutMs, () =>
      this.end(new ActivityHeartbeatError(heartbeatTimeoutMs)),
    );
  }

  get expired(): boolean {
    return this.late;
  }

  /** The activity has ended. */
  stop(): void {
    this.over = true;
    this.cancelTimeout();
    this.cancelHeartbeat();
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
