/**
 * How a machine's activities are run: their time, their signs of life, how many at once, how often a process may die of
 * one. Read once, at registration; none of it is stored, so a change holds for running actors too.
 */
import type { ActivityCatalogue } from '../xstate/durable-twin.js';

export interface ActivitySettings {
  /** From its real start, in milliseconds. Then it is aborted and fails as `activity_timeout`. Default: none. */
  readonly timeoutMs?: number | undefined;
  /** Longest silence between two calls of `heartbeat()`. Then it fails as `activity_heartbeat_missed`. Default: none. */
  readonly heartbeatTimeoutMs?: number | undefined;
  /** Name of one of the registration's `limits`. Default: none, it runs at once. */
  readonly limit?: string | undefined;
  /** How often one try is handed to a process; then it fails as `activity_poison` without being run. Default 5. */
  readonly maxDeliveries?: number | undefined;
  /** For an output an operator supplies in place of the activity's: what is wrong with it. Default: nothing is. */
  readonly checkOutput?: OutputCheck | undefined;
}

/** Pure. One sentence for each problem; the activity's own input is what the output must answer. */
export type OutputCheck = (output: unknown, input: unknown) => readonly string[];

/** The part of a machine's registration that is about activities. */
export interface ActivityOptions {
  /** By name of the logic (`invoke.src`), of child machines too. What is not set is taken from `activityDefaults`. */
  readonly activities?: Readonly<Record<string, ActivitySettings>>;
  readonly activityDefaults?: ActivitySettings;
  /** How many activities of a group run at once in this process, by name of the group; machines share groups by name. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface RunSettings {
  readonly timeoutMs: number | null;
  readonly heartbeatTimeoutMs: number | null;
  readonly limit: string | null;
  readonly maxDeliveries: number;
  readonly checkOutput: OutputCheck | null;
}

export interface ActivityRules {
  readonly limits: Readonly<Record<string, number>>;
  /** @param sources names of the logic on the way to the activity, e.g. `['payment', 'startPayment']`. */
  readonly settingsOf: (sources: readonly string[]) => RunSettings;
}

const MAX_DELIVERIES = 5;

/** @throws Error naming what does not fit: an activity or a limit nobody knows, or a number out of range. */
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
    checkOutput = null,
  } = settings;
  for (const [key, value] of Object.entries({ timeoutMs, heartbeatTimeoutMs, maxDeliveries })) {
    if (value !== null) demandPositive(`${where}.${key}`, value);
  }
  if (limit !== null && !Object.hasOwn(limits, limit)) throw new Error(`${where}.limit: there is no limit "${limit}".`);
  return { timeoutMs, heartbeatTimeoutMs, limit, maxDeliveries, checkOutput };
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
