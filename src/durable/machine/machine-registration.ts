import type { AnyStateMachine, EventFromLogic, InputFrom, SnapshotFrom } from 'xstate';
import { type ActivityOptions, type ActivityRules, activityRules } from './activity-settings.js';
import { type ActivityCatalogue, makeDurableTwin } from '../xstate/durable-twin.js';
import { definitionOf, hashOfDefinition } from './machine-definition.js';
import type { Migration, MigrationStep } from './machine-migration.js';
import type { Publisher } from '../model/outbox.js';
import type { RuntimeStatus } from '../model/store.port.js';
import { acceptedEvents } from '../xstate/accepted-events.js';
import { type Redactor, SECRET_KEYS, redactKeys } from '../json/redaction.js';

/** What becomes of an event the machine cannot take where it stands. */
export type UnexpectedEvent = 'keep' | 'refuse';

export interface DurableMachineOptions<TMachine extends AnyStateMachine> extends ActivityOptions {
  readonly machine: TMachine;
  /** An actor stays on the version it started with. Default: the machine's own `version`, else `1`. */
  readonly version?: string;
  /** New actors start on this version, though others are registered after it. Default: on the one registered last. */
  readonly current?: boolean;
  /** How actors of earlier versions come to this one. Without one they stay where they are. */
  readonly migrations?: readonly Migration[];
  /** The word lists and status calls show. Default: the name of the active top-level state. */
  readonly status?: (snapshot: SnapshotFrom<TMachine>) => string;
  /** How the actor ended, or null while it has not. */
  readonly outcome?: (snapshot: SnapshotFrom<TMachine>) => string | null;
  /** Values lists may show and filter by. */
  readonly attributes?: (snapshot: SnapshotFrom<TMachine>) => Readonly<Record<string, string>>;
  /** Default: keep. An event that is kept is offered again after every later turn. */
  readonly whenUnexpected?: (event: EventFromLogic<TMachine>, status: string) => UnexpectedEvent;
  /**
   * Whether a person must see an event that nothing will ever take: the actor has ended, or no state of this machine takes
   * its type. `incident` for what has a meaning outside, such as money. Pure. Default: record, for the history alone.
   */
  readonly onDeadLetter?: (event: EventFromLogic<TMachine>, at: DeadLetterContext) => 'incident' | 'record';
  /** The event by which the machine takes an incident (a state tagged `incident`) up again. Default: it has none. */
  readonly retryEvent?: EventFromLogic<TMachine>['type'];
  /** Applied to everything the history keeps. Default: {@link SECRET_KEYS} are hidden. */
  readonly redact?: Redactor;
  /** Made of the input: of the actors that have not ended, only one may have it. Pure. Default: null, any number may. */
  readonly uniqueKey?: (input: InputFrom<TMachine>) => string | null;
  /** What of a change others are to be told, through the outbox. Pure. Default: nothing. */
  readonly publish?: Publisher;
}

/** Where an actor stands when an event comes that nothing will ever take. */
export interface DeadLetterContext {
  readonly status: string;
  readonly outcome: string | null;
  readonly runtimeStatus: RuntimeStatus;
  /** It came before the end, and was kept until then. */
  readonly wasKept: boolean;
  /** The machine's, as it is stored. */
  readonly context: unknown;
}

/** A machine made ready for the runtime. */
export interface RegisteredMachine {
  readonly machineId: string;
  readonly version: string;
  readonly definitionHash: string;
  /** Whether it said that it is. */
  readonly current: boolean;
  readonly migrations: readonly MigrationStep[];
  readonly twin: AnyStateMachine;
  readonly catalogue: ActivityCatalogue;
  readonly activityRules: ActivityRules;
  readonly status: (snapshot: unknown) => string;
  readonly outcome: (snapshot: unknown) => string | null;
  readonly attributes: (snapshot: unknown) => Readonly<Record<string, string>>;
  readonly whenUnexpected: (event: { type: string }, status: string) => UnexpectedEvent;
  /** Whether any of its states may ever take an event of this type. */
  readonly accepts: (type: string) => boolean;
  readonly onDeadLetter: (event: { type: string }, at: DeadLetterContext) => 'incident' | 'record';
  readonly retryEvent: string | null;
  readonly redact: Redactor;
  readonly uniqueKey: (input: unknown) => string | null;
  readonly publish: Publisher | null;
}

/**
 * @throws NotDurableError when the machine uses something that cannot be made durable.
 * @throws Error when a setting names an activity or a limit that is not there.
 */
export function registerMachine<TMachine extends AnyStateMachine>(
  options: DurableMachineOptions<TMachine>,
): RegisteredMachine {
  const { machine } = options;
  const { machine: twin, catalogue } = makeDurableTwin(machine);
  // The runtime keeps machines of many types in one table; each callback is only ever called with its own machine's data.
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
    accepts: acceptedEvents(untyped.machine),
    onDeadLetter: (untyped.onDeadLetter ?? (() => 'record')) as RegisteredMachine['onDeadLetter'],
    retryEvent: (untyped.retryEvent ?? null) as RegisteredMachine['retryEvent'],
    redact: options.redact ?? redactKeys(SECRET_KEYS),
    uniqueKey: (untyped.uniqueKey ?? (() => null)) as RegisteredMachine['uniqueKey'],
    publish: options.publish ?? null,
  };
}

function topLevelState(snapshot: { readonly value: unknown }): string {
  const { value } = snapshot;
  return typeof value === 'string' ? value : Object.keys(value as Record<string, unknown>).join(' | '); // a state value is a name or an object
}
