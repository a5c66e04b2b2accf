/**
 * Watches one running activity. Calls `onLate` once, when its time is over or its heartbeat is missing. Time in which this
 * process stood still does not count.
 *
 * Leaves to others: activities of a dead process, which its lease reveals. A heartbeat writes nothing to the database.
 */
import { ActivityHeartbeatError, ActivityTimeoutError } from './activity-errors.js';
import type { Clock } from '../model/clock.port.js';
import { patientTimer } from '../time/patient-timer.js';

export interface ActivityWatchdogOptions {
  readonly clock: Clock;
  readonly timeoutMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
  readonly onLate: (error: ActivityTimeoutError | ActivityHeartbeatError) => void;
}

type Cancel = () => void;

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
        : patientTimer(clock, timeoutMs, () => this.end(new ActivityTimeoutError(timeoutMs)));
    this.beat();
  }

  /** The activity sent a heartbeat. */
  beat(): void {
    const { clock, heartbeatTimeoutMs } = this.options;
    if (this.over || heartbeatTimeoutMs === null) return;
    this.cancelHeartbeat();
    this.cancelHeartbeat = patientTimer(clock, heartbeatTimeoutMs, () =>
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
