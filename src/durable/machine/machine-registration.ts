/** A machine with what the application says about it, and how the runtime uses that. */
import type { IncidentAdvice } from '../model/incident-kinds.js';
import type { AnyStateMachine, EventFromLogic, InputFrom, SnapshotFrom } from 'xstate';
import { type ActivityOptions, type ActivityRules, activityRules } from './activity-settings.js';
import { type ActivityCatalogue, makeDurableTwin } from '../xstate/durable-twin.js';
import { definitionOf, hashOfDefinition } from './machine-definition.js';
import type { Migration, MigrationStep } from './machine-migration.js';
import type { Publisher } from '../model/outbox.js';
import type { RuntimeStatus } from '../model/store.port.js';
import { acceptedEvents } from '../xstate/accepted-events.js';
import { type Redactor, SECRET_KEYS, redactKeys } from '../json/redaction.js';

/** What happens to an event that the machine cannot take in its current state. */
export type UnexpectedEvent = 'keep' | 'refuse';

export interface DurableMachineOptions<TMachine extends AnyStateMachine> extends ActivityOptions {
  readonly machine: TMachine;
  /** Actors stay on the version they started with. Default: the machine's own `version`, else `1`. */
  readonly version?: string;
  /** True: new actors start on this version, also when others are registered later. Default: on the last one registered. */
  readonly current?: boolean;
  /** From earlier versions to this one. An actor without one stays on its version. */
  readonly migrations?: readonly Migration[];
  /** Lists and status calls show this word. Default: the name of the active top-level state. */
  readonly status?: (snapshot: SnapshotFrom<TMachine>) => string;
  /** How the actor ends; null while that is not decided. Default: null. */
  readonly outcome?: (snapshot: SnapshotFrom<TMachine>) => string | null;
  /** Lists show them and filter by them. Default: none. */
  readonly attributes?: (snapshot: SnapshotFrom<TMachine>) => Readonly<Record<string, string>>;
  /** A kept event is offered again after each later turn. Default: keep. */
  readonly whenUnexpected?: (event: EventFromLogic<TMachine>, status: string) => UnexpectedEvent;
  /** Most events that an actor keeps. One more is refused as `too_many_kept`, and changes nothing. Default: 100. */
  readonly maxKeptEvents?: number;
  /** Types of which an actor keeps one: another one of them would do nothing that the first does not. Default: none. */
  readonly keptOnce?: readonly EventFromLogic<TMachine>['type'][];
  /**
   * Called for an event that the machine will never take: the actor has ended, or no state takes its type. `incident` shows
   * it to a person; return that for events with a meaning outside, such as money. `record` leaves it to the history. Pure.
   * Default: record.
   */
  readonly onDeadLetter?: (event: EventFromLogic<TMachine>, at: DeadLetterContext) => 'incident' | 'record';
  /** By this event the machine leaves a state tagged `incident` and retries. Default: none, and a retry is refused there. */
  readonly retryEvent?: EventFromLogic<TMachine>['type'];
  /**
   * What a person can do, by kind of incident, where that differs from the runtime's own advice. A code of a failed activity
   * that is listed here is the incident's kind. Default: none.
   */
  readonly incidents?: Readonly<Record<string, IncidentAdvice>>;
  /** Applied to everything that the history stores. Default: redacts {@link SECRET_KEYS}. */
  readonly redact?: Redactor;
  /** Only one actor that has not ended may have this key. Pure. Default: null, which any number may have. */
  readonly uniqueKey?: (input: InputFrom<TMachine>) => string | null;
  /** Messages to other systems about a change; they go into the outbox. Pure. Default: none. */
  readonly publish?: Publisher;
}

/** The actor at the time of an event that it will never take. */
export interface DeadLetterContext {
  readonly status: string;
  readonly outcome: string | null;
  readonly runtimeStatus: RuntimeStatus;
  /** The event was kept, and the actor ended before it could take it. */
  readonly wasKept: boolean;
  /** The machine's context, as it is stored. */
  readonly context: unknown;
}

/** A machine as the runtime uses it. */
export interface RegisteredMachine {
  readonly machineId: string;
  readonly version: string;
  readonly definitionHash: string;
  /** Whether its options said `current: true`. */
  readonly current: boolean;
  readonly migrations: readonly MigrationStep[];
  readonly twin: AnyStateMachine;
  readonly catalogue: ActivityCatalogue;
  readonly activityRules: ActivityRules;
  readonly status: (snapshot: unknown) => string;
  readonly outcome: (snapshot: unknown) => string | null;
  readonly attributes: (snapshot: unknown) => Readonly<Record<string, string>>;
  readonly whenUnexpected: (event: { type: string }, status: string) => UnexpectedEvent;
  readonly maxKeptEvents: number;
  readonly keptOnce: ReadonlySet<string>;
  /** Whether any of its states may take an event of this type. */
  readonly accepts: (type: string) => boolean;
  readonly onDeadLetter: (event: { type: string }, at: DeadLetterContext) => 'incident' | 'record';
  readonly retryEvent: string | null;
  readonly incidents: Readonly<Record<string, IncidentAdvice>>;
  readonly redact: Redactor;
  readonly uniqueKey: (input: unknown) => string | null;
  readonly publish: Publisher | null;
}

/**
 * @throws NotDurableError when the machine uses something that cannot be made durable.
 * @throws Error when a setting names an unknown activity or an unknown limit.
 */
export function registerMachine<TMachine extends AnyStateMachine>(
  options: DurableMachineOptions<TMachine>,
): RegisteredMachine {
  const { machine } = options;
  const { machine: twin, catalogue } = makeDurableTwin(machine);
  // The runtime keeps machines of many types in one table. It calls each callback with data of its own machine only.
  const untyped = options as unknown as DurableMachineOptions<AnyStateMachine>;
  const version: string = options.version ?? untyped.machine.version ?? '1';
  return {
    machineId: machine.id,
    version,
    definitionHash: hashOfDefinition(definitionOf(machine)),
    current: options.current ?? false,
    migrations: (options.migrations ?? []).map(({ from, to = version, migrate }) => ({ from, to, migrate })),
    twin,
    catalogue,
    activityRules: activityRules(options, catalogue),
    status: (untyped.status ?? topLevelState) as RegisteredMachine['status'],
    outcome: (untyped.outcome ?? (() => null)) as RegisteredMachine['outcome'],
    attributes: (untyped.attributes ?? (() => ({}))) as RegisteredMachine['attributes'],
    whenUnexpected: (untyped.whenUnexpected ?? (() => 'keep')) as RegisteredMachine['whenUnexpected'],
    maxKeptEvents: options.maxKeptEvents ?? MAX_KEPT_EVENTS,
    keptOnce: new Set<string>(options.keptOnce),
    accepts: acceptedEvents(untyped.machine),
    onDeadLetter: (untyped.onDeadLetter ?? (() => 'record')) as RegisteredMachine['onDeadLetter'],
    retryEvent: (untyped.retryEvent ?? null) as RegisteredMachine['retryEvent'],
    incidents: options.incidents ?? {},
    redact: options.redact ?? redactKeys(SECRET_KEYS),
    uniqueKey: (untyped.uniqueKey ?? (() => null)) as RegisteredMachine['uniqueKey'],
    publish: options.publish ?? null,
  };
}

/** Every turn of the actor offers them all to its machine. */
const MAX_KEPT_EVENTS = 100;

function topLevelState(snapshot: { readonly value: unknown }): string {
  const { value } = snapshot;
  return typeof value === 'string' ? value : Object.keys(value as Record<string, unknown>).join(' | '); // a state value is a name or an object
}
