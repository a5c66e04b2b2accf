/**
 * The time of this process. It starts at the machine's time and goes on evenly: a step of the machine's clock, by hand or by
 * NTP, moves no deadline and no lease. It follows the database's time where the database has one.
 *
 * Steps up to `ADOPTED_MS` are the usual corrections of NTP, and are followed. A larger one is followed by the next start.
 */
import { uptime } from 'node:os';
import type { Clock } from '../model/clock.port.js';
import { outsideRequests } from './outside-requests.js';

/** One day. setTimeout overflows at 2^31-1 ms (24.8 days) and then fires at once. */
const LONGEST_DELAY_MS = 86_400_000;
const ADOPTED_MS = 1_000;
/** The system's uptime counts while the machine sleeps, the process's time does not. */
const ASLEEP_MS = 1_000;

export interface TimeSources {
  /** The machine's clock, in epoch milliseconds. */
  readonly machine: () => number;
  /** Milliseconds since any fixed moment. Never goes back. */
  readonly elapsed: () => number;
}

export class SteadyClock implements Clock {
  /** Epoch milliseconds when `elapsed` was 0. */
  private origin: number;
  private followsDatabase = false;

  constructor(private readonly sources: TimeSources = { machine: () => Date.now(), elapsed: awakeAndAsleep() }) {
    this.origin = sources.machine() - sources.elapsed();
  }

  now(): number {
    const now = this.origin + this.sources.elapsed();
    if (this.followsDatabase) return Math.round(now);
    const step = this.sources.machine() - now;
    if (step === 0 || Math.abs(step) > ADOPTED_MS) return Math.round(now);
    this.origin += step;
    return Math.round(now + step);
  }

  after(delayMs: number, run: () => void): () => void {
    const waitMs = Math.min(Math.max(delayMs, 0), LONGEST_DELAY_MS);
    const timer = outsideRequests(() => setTimeout(run, waitMs));
    timer.unref();
    return () => clearTimeout(timer);
  }

  follow(databaseTime: number): void {
    this.followsDatabase = true;
    this.origin = databaseTime - this.sources.elapsed();
  }

  offsetMs(): number {
    return Math.round(this.sources.machine() - (this.origin + this.sources.elapsed()));
  }
}

/** Milliseconds since the start of the process, those included in which the machine slept. */
export function awakeAndAsleep(awakeMs = () => performance.now(), uptimeMs = () => uptime() * 1_000): () => number {
  let asleepMs = 0;
  let lookedAt = awakeMs();
  const startedAt = uptimeMs() - lookedAt;
  return () => {
    const awake = awakeMs();
    // Asked once a second: it is a system call.
    if (awake - lookedAt > ASLEEP_MS) {
      lookedAt = awake;
      const missing = uptimeMs() - startedAt - awake;
      if (missing - asleepMs > ASLEEP_MS) asleepMs = missing;
    }
    return awake + asleepMs;
  };
}
