/**
 * Declares every metric of the service with its name, unit and labels. ops/grafana and ops/alerts.yml use only these.
 *
 * Names follow https://prometheus.io/docs/practices/naming/: base units (seconds) as a suffix, `_total` for counters.
 * The code, the configuration or a label limiter bounds the values of every label. No label holds an id.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Buckets in seconds: a turn takes tens of microseconds, a commit some milliseconds, a partner up to minutes. */
const COMPUTING = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25];
const WRITING = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const CALLING = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const LIVING = [0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 3_600, 21_600, 86_400, 604_800, 2_592_000];

/** Each service has its own registry, so that two services in one process (tests) count apart. */
export class MetricSet {
  readonly registry = new Registry();

  // --- Actors: orders, returns ---
  readonly actorsOpen = this.gauge(
    'durable_actors_open',
    'Actors (orders, returns) that have not ended, by where they stand.',
    ['machine', 'status', 'runtime_status'],
  );
  readonly actorsStuck = this.gauge(
    'durable_actors_stuck',
    'Actors with a task that should have been done more than five minutes ago.',
  );
  readonly actorsMisfit = this.gauge(
    'durable_actors_misfit',
    'Open actors that the deployed machines cannot carry on, found at the start of this process.',
  );
  readonly actorsStarted = this.counter('durable_actors_started_total', 'Actors started by this process.', ['machine']);
  readonly actorsEnded = this.counter(
    'durable_actors_ended_total',
    'Actors whose end this process committed, by how they ended.',
    ['machine', 'outcome'],
  );
  readonly actorLifetime = this.histogram(
    'durable_actor_lifetime_seconds',
    'From the start of an actor to its end.',
    LIVING,
    ['machine', 'outcome'],
  );
  readonly incidentsOpen = this.gauge('durable_incidents_open', 'Incidents that wait for a person.', [
    'machine',
    'kind',
  ]);
  readonly incidentsOldest = this.gauge(
    'durable_incidents_oldest_age_seconds',
    'Age of the oldest incident that waits for a person; 0 when none does.',
  );
  readonly incidentsOpened = this.counter(
    'durable_incidents_opened_total',
    'Incidents opened by this process, by where the actor stood.',
    ['machine', 'status'],
  );

  // --- Turns and commits ---
  readonly messages = this.counter('durable_signals_total', 'Messages put to actors, by what became of them.', [
    'machine',
    'signal',
    'disposition',
  ]);
  readonly turnDuration = this.histogram(
    'durable_turn_duration_seconds',
    'Computing the turns of one message, without writing them.',
    COMPUTING,
    ['signal'],
  );
  readonly drafts = this.counter(
    'durable_drafts_dropped_total',
    'Turns that were computed and not written: conflict (computed again), failed, unchanged (nothing to write).',
    ['reason'],
  );
  readonly commitDuration = this.histogram(
    'durable_commit_duration_seconds',
    'Writing one batch of turns, until it is durable.',
    WRITING,
  );
  readonly commitBatch = this.histogram('durable_commit_batch_actors', 'Actors in one batch.', BATCHES);
  readonly commitFailures = this.counter(
    'durable_commit_failures_total',
    'Batches that failed: the database was away, or they lost races, or it refused one.',
    ['reason'],
  );

  readonly callersRefused = this.counter(
    'durable_callers_refused_total',
    'Messages of outside callers that were refused (503 overloaded): too many bytes under way, or commits that wait too long.',
    ['reason'],
  );
  readonly pendingBytes = this.gauge(
    'durable_pending_bytes',
    'What messages and commits under way take in memory, roughly.',
  );
  readonly commitWait = this.gauge(
    'durable_commit_wait_seconds',
    'How long one more commit would wait for its batch to begin.',
  );

  // --- Activities: calls to partners ---
  readonly activityDuration = this.histogram(
    'durable_activity_duration_seconds',
    'One try of an activity, from its start to its result.',
    CALLING,
    ['partner', 'activity', 'outcome'],
  );
  readonly activityWait = this.histogram(
    'durable_activity_wait_seconds',
    'What a try waited for one of the places that limit the calls to its partner.',
    CALLING,
    ['partner'],
  );
  readonly activityRetries = this.counter('durable_activity_retries_total', 'Tries after the first one.', [
    'partner',
    'activity',
  ]);
  readonly activityFailures = this.counter(
    'durable_activity_failures_total',
    'Tries that failed, by the code of the failure.',
    ['partner', 'code'],
  );
  readonly activitiesRunning = this.gauge('durable_activities_running', 'Tries that run in this process.', ['partner']);
  readonly activitiesTakenOver = this.counter(
    'durable_activities_taken_over_total',
    'Activities that another process, or an earlier one, began and this one runs again.',
    ['machine'],
  );

  // --- Timers and tasks ---
  readonly timerLateness = this.histogram(
    'durable_timer_lateness_seconds',
    'How long after its deadline a timer had its effect.',
    LIVING,
  );
  readonly timerLag = this.gauge(
    'durable_timer_lag_seconds',
    'How late the oldest timer is that is due and not taken up; 0 when none is.',
  );
  readonly tasksDue = this.gauge('durable_tasks_due', 'Tasks that are due and not taken up, counted up to 10000.');

  // --- The process ---
  readonly ready = this.gauge(
    'durable_node_ready',
    '1 while this process takes work; 0 before that, and while it ends.',
  );
  readonly storeUp = this.gauge(
    'durable_store_up',
    '1 when the database answered the last count, else 0. The gauges of actors, incidents and tasks are absent then.',
  );
  readonly clockOffset = this.gauge(
    'durable_clock_offset_seconds',
    "How far the machine's clock is ahead of the database's; 0 on SQLite.",
  );
  readonly logLinesDropped = this.gauge(
    'durable_log_lines_dropped',
    'Lines of the log that were not written since the start: disk full, reader gone or too slow.',
  );
  readonly build = this.gauge('durable_build_info', 'What runs here; always 1.', ['version', 'commit', 'node']);
  readonly requestDuration = this.histogram(
    'http_server_request_duration_seconds',
    'HTTP requests, by the pattern of their route.',
    CALLING,
    ['method', 'route', 'status_code'],
  );

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  private counter<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }

  private histogram<L extends string = never>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly L[] = [],
  ): Histogram<L> {
    return new Histogram({ name, help, buckets, labelNames, registers: [this.registry] });
  }
}
