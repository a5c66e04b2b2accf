/**
 * Settings of a machine's activities: time, heartbeats, concurrency, deliveries, safety. They are checked at registration and
 * are not stored, so a change applies to running actors too.
 */
import type { ActivityCatalogue } from '../xstate/durable-twin.js';

export interface ActivitySettings {
  /** Milliseconds from its real start. Then the activity is aborted, and fails as `activity_timeout`. Default: none. */
  readonly timeoutMs?: number | undefined;
  /**
   * Longest time between two calls of `heartbeat()`, in milliseconds. Then the activity is aborted, and fails as
   * `activity_heartbeat_missed`. Default: none.
   */
  readonly heartbeatTimeoutMs?: number | undefined;
  /** Name of one of the registration's `limits`. Default: none, and the activity runs at once. */
  readonly limit?: string | undefined;
  /** How often one attempt may be handed to a process. Then it fails as `activity_poison` without running. Default: 5. */
  readonly maxDeliveries?: number | undefined;
  /**
   * It only reads (as a safe method of HTTP, RFC 9110, 9.2.1): it has no effect and may run any number of times, also when the
   * turn that asked for it never becomes durable. So it may begin before the commit. Default: false.
   */
  readonly safe?: boolean | undefined;
  /** Checks an output that an operator supplies in place of the activity's. Default: every output passes. */
  readonly checkOutput?: OutputCheck | undefined;
}

/** Pure. @param input of the activity. @returns one sentence for each problem. */
export type OutputCheck = (output: unknown, input: unknown) => readonly string[];

/** The part of a machine's registration for activities. */
export interface ActivityOptions {
  /** By name of the logic (`invoke.src`), also of child machines. What is not set comes from `activityDefaults`. */
  readonly activities?: Readonly<Record<string, ActivitySettings>>;
  readonly activityDefaults?: ActivitySettings;
  /** How many activities of a group run at once in this process, by name of the group. Machines share groups by name. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface RunSettings {
  readonly timeoutMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
  readonly limit: string | null;
  readonly maxDeliveries: number;
  readonly safe: boolean;
  readonly checkOutput: OutputCheck | null;
}

export interface ActivityRules {
  readonly limits: Readonly<Record<string, number>>;
  /** @param sources names of the logic from the root machine down, e.g. `['payment', 'startPayment']`. */
  readonly settingsOf: (sources: readonly string[]) => RunSettings;
}

const MAX_DELIVERIES = 5;

/** @throws Error that names an unknown activity, an unknown limit or a number out of range. */
export function activityRules(options: ActivityOptions, catalogue: ActivityCatalogue): ActivityRules {
  const { activities = {}, activityDefaults = {}, limits = {} } = options;
  for (const [name, size] of Object.entries(limits)) demandPositive(`limits.${name}`, size);
  const names = activityNames(catalogue);
  const resolved = new Map<string, RunSettings>();
  for (const [name, settings] of Object.entries(activities)) {
    if (!names.has(name)) throw new Error(`activities.${name}: the machine has no such activity.`);
    resolved.set(name, resolve(`activities.${name}`, { ...activityDefaults, ...defined(settings) }, limits));
  }
  const fallback = resolve('activityDefaults', activityDefaults, limits);
  return { limits, settingsOf: (sources) => resolved.get(sources.at(-1) ?? '') ?? fallback };
}

function resolve(where: string, settings: ActivitySettings, limits: Readonly<Record<string, number>>): RunSettings {
  const {
    timeoutMs = null,
    heartbeatTimeoutMs = null,
    limit = null,
    maxDeliveries = MAX_DELIVERIES,
    safe = false,
    checkOutput = null,
  } = settings;
  for (const [key, value] of Object.entries({ timeoutMs, heartbeatTimeoutMs, maxDeliveries })) {
    if (value !== null) demandPositive(`${where}.${key}`, value);
  }
  if (limit !== null && !Object.hasOwn(limits, limit)) throw new Error(`${where}.limit: there is no limit "${limit}".`);
  if (typeof safe !== 'boolean') throw new Error(`${where}.safe must be true or false, not ${JSON.stringify(safe)}.`);
  return { timeoutMs, heartbeatTimeoutMs, limit, maxDeliveries, safe, checkOutput };
}

function demandPositive(where: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new Error(`${where} must be a whole number from 1, not ${value}.`);
}

function defined(settings: ActivitySettings): ActivitySettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function activityNames({ activities, machines }: ActivityCatalogue): Set<string> {
  return new Set([...activities.keys(), ...[...machines.values()].flatMap((inner) => [...activityNames(inner)])]);
}
