/**
 * Checks whether the service can take orders now: the process accepts work, the database answers and accepts writes,
 * timers are on time, and the number of due tasks is below a limit.
 * Load balancers check often, so an answer of the database is reused for a second.
 */
import { Inject, Injectable, Optional } from '@nestjs/common';
import { type Backlog, DurableRuntime } from '../../durable/index.js';
import type { Obstacle } from './health.dto.js';
import { HEALTH_OPTIONS, type HealthOptions } from './health-options.js';

export interface Readiness {
  readonly status: 'ok' | 'unavailable';
  readonly reason?: Obstacle;
  readonly detail?: string;
  readonly timerLagMs?: number;
  readonly backlog?: number;
  readonly clockOffsetMs?: number;
}

/** The service is not ready when the database takes longer than this to answer. */
const PATIENCE_MS = 2_000;
const ANSWER_HOLDS_MS = 1_000;

const NOTHING_DUE: Backlog = { tasks: 0, oldestTimerDueAt: null };

@Injectable()
export class ReadinessCheck {
  private answer: Promise<Backlog | null> = Promise.resolve(null);
  private holdsUntil = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly runtime: DurableRuntime,
    @Optional() @Inject(HEALTH_OPTIONS) private readonly options: HealthOptions | null,
  ) {}

  async check(): Promise<Readiness> {
    const { runtime, options } = this;
    if (runtime.draining || options?.isEnding() === true) return no('draining', 'The service is shutting down.');
    if (!runtime.ready) return no('starting', 'The service is starting.');
    const backlog = await this.askDatabase();
    if (backlog === null) return no('store_unavailable', `The database does not answer within ${PATIENCE_MS} ms.`);
    if (!runtime.canWrite)
      return no('store_not_writable', 'The database answers, and takes no writes: is its disk full?');
    if (runtime.overloaded) return no('overloaded', 'Callers are refused: more is under way than the database takes.');
    if (options === null) return { status: 'ok' };
    return clockOff(runtime.clockOffsetMs, options) ?? judge(backlog, options, runtime.clock.now());
  }

  /** Returns null when the database does not answer. */
  private askDatabase(): Promise<Backlog | null> {
    const now = performance.now();
    if (now >= this.holdsUntil) {
      this.holdsUntil = now + ANSWER_HOLDS_MS;
      this.answer = inTime(this.ask()).then((backlog) => {
        // A failure is not reused, so that the check notices at once when the database answers again.
        if (backlog === null) this.holdsUntil = Number.NEGATIVE_INFINITY;
        return backlog;
      });
    }
    return this.answer;
  }

  private async ask(): Promise<Backlog> {
    const { runtime, options } = this;
    if (options !== null) return options.stats.backlog(runtime.clock.now());
    await runtime.store.ping();
    return NOTHING_DUE;
  }
}

/** Returns null when the clock is right, or when the database has no clock to compare it with. */
function clockOff(offsetMs: number | null, { readiness: { maxClockOffsetMs } }: HealthOptions): Readiness | null {
  if (offsetMs === null || Math.abs(offsetMs) <= maxClockOffsetMs) return null;
  const detail = `The machine's clock is ${offsetMs} ms ahead of the database's, ${maxClockOffsetMs} are allowed either way.`;
  return { ...no('clock_off', detail), clockOffsetMs: offsetMs };
}

function judge({ tasks, oldestTimerDueAt }: Backlog, { readiness }: HealthOptions, now: number): Readiness {
  const { maxTimerLagMs, maxBacklog } = readiness;
  const timerLagMs = Math.max(0, now - (oldestTimerDueAt ?? now));
  const seen = { timerLagMs, backlog: tasks };
  if (timerLagMs > maxTimerLagMs) {
    return {
      ...no('timers_late', `The oldest timer is ${timerLagMs} ms late, ${maxTimerLagMs} are allowed.`),
      ...seen,
    };
  }
  if (tasks > maxBacklog) {
    return { ...no('backlog_too_long', `${tasks} tasks are due, ${maxBacklog} are allowed.`), ...seen };
  }
  return { status: 'ok', ...seen };
}

function no(reason: Obstacle, detail: string): Readiness {
  return { status: 'unavailable', reason, detail };
}

/** Returns null when the work fails or takes longer than `PATIENCE_MS`. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
