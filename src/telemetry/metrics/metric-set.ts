/**
 * Every metric of the service, with its name, its unit and its labels; ops/grafana and ops/alerts.yml use these and no others.
 *
 * Names follow https://prometheus.io/docs/practices/naming/: base units (seconds) as a suffix, `_total` for counters. No
 * label has more values than the code, the configuration or a label limiter gives it: never an id.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Computing takes tens of microseconds, a commit some milliseconds, a partner up to minutes. */
const COMPUTING = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25];
const WRITING = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30];
const CALLING = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const BATCHES = [1, 2, 5, 10, 20, 50, 100, 200, 500];
const LIVING = [0.1, 0.5, 1, 5, 15, 30, 60, 300, 900, 3_600, 21_600, 86_400, 604_800, 2_592_000];

/** One registry for each service, so that two in one process (tests) do not count together. */
export class MetricSet {
  readonly registry = new Registry();
  private readonly registers = [this.registry];

  // --- Actors: orders, returns ---
  readonly actorsOpen = new Gauge({
    name: 'durable_actors_open',
    help: 'Actors (orders, returns) that have not ended, by where they stand.',
    labelNames: ['machine', 'status', 'runtime_status'],
    registers: this.registers,
  });
  readonly actorsStuck = new Gauge({
    name: 'durable_actors_stuck',
    help: 'Actors with a task that should have been done more than five minutes ago.',
    registers: this.registers,
  });
  readonly actorsMisfit = new Gauge({
    name: 'durable_actors_misfit',
    help: 'Open actors that the deployed machines cannot carry on, found at the start of this process.',
    registers: this.registers,
  });
  readonly actorsStarted = new Counter({
    name: 'durable_actors_started_total',
    help: 'Actors started by this process.',
    labelNames: ['machine'],
    registers: this.registers,
  });
  readonly actorsEnded = new Counter({
    name: 'durable_actors_ended_total',
    help: 'Actors whose end this process committed, by how they ended.',
    labelNames: ['machine', 'outcome'],
    registers: this.registers,
  });
  readonly actorLifetime = new Histogram({
    name: 'durable_actor_lifetime_seconds',
    help: 'From the start of an actor to its end.',
    labelNames: ['machine', 'outcome'],
    buckets: LIVING,
    registers: this.registers,
  });
  readonly incidentsOpen = new Gauge({
    name: 'durable_incidents_open',
    help: 'Incidents that wait for a person.',
    labelNames: ['machine', 'kind'],
    registers: this.registers,
  });
  readonly incidentsOldest = new Gauge({
    name: 'durable_incidents_oldest_age_seconds',
    help: 'Age of the oldest incident that waits for a person; 0 when none does.',
    registers: this.registers,
  });
  readonly incidentsOpened = new Counter({
    name: 'durable_incidents_opened_total',
    help: 'Incidents opened by this process, by where the actor stood.',
    labelNames: ['machine', 'status'],
    registers: this.registers,
  });

  // --- Turns and commits ---
  readonly signals = new Counter({
    name: 'durable_signals_total',
    help: 'Signals put to actors, by what became of them.',
    labelNames: ['machine', 'signal', 'disposition'],
    registers: this.registers,
  });
  readonly turnDuration = new Histogram({
    name: 'durable_turn_duration_seconds',
    help: 'Computing the turns of one signal, without writing them.',
    labelNames: ['signal'],
    buckets: COMPUTING,
    registers: this.registers,
  });
  readonly drafts = new Counter({
    name: 'durable_drafts_dropped_total',
    help: 'Turns that were computed and not written: conflict (computed again), failed, unchanged (nothing to write).',
    labelNames: ['reason'],
    registers: this.registers,
  });
  readonly commitDuration = new Histogram({
    name: 'durable_commit_duration_seconds',
    help: 'Writing one batch of turns, until it is durable.',
    buckets: WRITING,
    registers: this.registers,
  });
  readonly commitBatch = new Histogram({
    name: 'durable_commit_batch_actors',
    help: 'Actors in one batch.',
    buckets: BATCHES,
    registers: this.registers,
  });
  readonly commitFailures = new Counter({
    name: 'durable_commit_failures_total',
    help: 'Batches that failed: the database was away, or refused one.',
    labelNames: ['reason'],
    registers: this.registers,
  });

  // --- Activities: calls to partners ---
  readonly activityDuration = new Histogram({
    name: 'durable_activity_duration_seconds',
    help: 'One try of an activity, from its start to its result.',
    labelNames: ['partner', 'activity', 'outcome'],
    buckets: CALLING,
    registers: this.registers,
  });
  readonly activityWait = new Histogram({
    name: 'durable_activity_wait_seconds',
    help: 'What a try waited for one of the places that limit the calls to its partner.',
    labelNames: ['partner'],
    buckets: CALLING,
    registers: this.registers,
  });
  readonly activityRetries = new Counter({
    name: 'durable_activity_retries_total',
    help: 'Tries after the first one.',
    labelNames: ['partner', 'activity'],
    registers: this.registers,
  });
  readonly activityFailures = new Counter({
    name: 'durable_activity_failures_total',
    help: 'Tries that failed, by the code of the failure.',
    labelNames: ['partner', 'code'],
    registers: this.registers,
  });
  readonly activitiesRunning = new Gauge({
    name: 'durable_activities_running',
    help: 'Tries that run in this process.',
    labelNames: ['partner'],
    registers: this.registers,
  });
  readonly activitiesTakenOver = new Counter({
    name: 'durable_activities_taken_over_total',
    help: 'Activities that another process, or an earlier one, began and this one runs again.',
    labelNames: ['machine'],
    registers: this.registers,
  });

  // --- Timers and tasks ---
  readonly timerLateness = new Histogram({
    name: 'durable_timer_lateness_seconds',
    help: 'How long after its deadline a timer had its effect.',
    buckets: LIVING,
    registers: this.registers,
  });
  readonly timerLag = new Gauge({
    name: 'durable_timer_lag_seconds',
    help: 'How late the oldest timer is that is due and not taken up; 0 when none is.',
    registers: this.registers,
  });
  readonly tasksDue = new Gauge({
    name: 'durable_tasks_due',
    help: 'Tasks that are due and not taken up, counted up to 10000.',
    registers: this.registers,
  });

  // --- The process ---
  readonly ready = new Gauge({
    name: 'durable_node_ready',
    help: '1 while this process takes work; 0 before that, and while it ends.',
    registers: this.registers,
  });
  readonly storeUp = new Gauge({
    name: 'durable_store_up',
    help: '1 when the database answered the last census, else 0. What the census counts is absent then.',
    registers: this.registers,
  });
  readonly build = new Gauge({
    name: 'durable_build_info',
    help: 'What runs here; always 1.',
    labelNames: ['version', 'commit', 'node'],
    registers: this.registers,
  });
  readonly requestDuration = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'HTTP requests, by the pattern of their route.',
    labelNames: ['method', 'route', 'status_code'],
    buckets: CALLING,
    registers: this.registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
