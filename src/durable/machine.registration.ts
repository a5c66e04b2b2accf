import { createHash } from 'node:crypto';
import { StateMachine, type AnyStateMachine, type EventFromLogic, type SnapshotFrom } from 'xstate';
import { activityRules, type ActivityOptions, type ActivityRules } from './activity.settings.js';
import { makeDurableTwin, type ActivityCatalogue } from './inert.machine.js';
import { redactKeys, SECRET_KEYS, type Redactor } from './redaction.js';

/** What becomes of an event the machine cannot take where it stands. */
export type UnexpectedEvent = 'keep' | 'refuse';

export interface DurableMachineOptions<TMachine extends AnyStateMachine> extends ActivityOptions {
  readonly machine: TMachine;
  /** An actor stays on the version it started with. Default: the machine's own `version`, else `1`. */
  readonly version?: string;
  /** The word lists and status calls show. Default: the name of the active top-level state. */
  readonly status?: (snapshot: SnapshotFrom<TMachine>) => string;
  /** How the actor ended, or null while it has not. */
  readonly outcome?: (snapshot: SnapshotFrom<TMachine>) => string | null;
  /** Values lists may show and filter by. */
  readonly attributes?: (snapshot: SnapshotFrom<TMachine>) => Readonly<Record<string, string>>;
  /** Default: keep. An event that is kept is offered again after every later turn. */
  readonly whenUnexpected?: (event: EventFromLogic<TMachine>, status: string) => UnexpectedEvent;
  /** The event by which the machine takes an incident (a state tagged `incident`) up again. Default: it has none. */
  readonly retryEvent?: EventFromLogic<TMachine>['type'];
  /** Applied to everything the history keeps. Default: {@link SECRET_KEYS} are hidden. */
  readonly redact?: Redactor;
}

/** A machine made ready for the runtime. */
export interface RegisteredMachine {
  readonly machineId: string;
  readonly version: string;
  readonly definitionHash: string;
  readonly twin: AnyStateMachine;
  readonly catalogue: ActivityCatalogue;
  readonly activityRules: ActivityRules;
  readonly status: (snapshot: unknown) => string;
  readonly outcome: (snapshot: unknown) => string | null;
  readonly attributes: (snapshot: unknown) => Readonly<Record<string, string>>;
  readonly whenUnexpected: (event: { type: string }, status: string) => UnexpectedEvent;
  readonly retryEvent: string | null;
  readonly redact: Redactor;
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
  return {
    machineId: machine.id,
    version: options.version ?? machine.version ?? '1',
    definitionHash: hashDefinition(machine),
    twin,
    catalogue,
    activityRules: activityRules(options, catalogue),
    status: (untyped.status ?? topLevelState) as RegisteredMachine['status'],
    outcome: (untyped.outcome ?? (() => null)) as RegisteredMachine['outcome'],
    attributes: (untyped.attributes ?? (() => ({}))) as RegisteredMachine['attributes'],
    whenUnexpected: (untyped.whenUnexpected ?? (() => 'keep')) as RegisteredMachine['whenUnexpected'],
    retryEvent: untyped.retryEvent ?? null,
    redact: options.redact ?? redactKeys(SECRET_KEYS),
  };
}

function topLevelState(snapshot: { readonly value: unknown }): string {
  const { value } = snapshot;
  return typeof value === 'string' ? value : Object.keys(value as Record<string, unknown>).join(' | '); // a state value is a name or an object
}

/** Changes when states, transitions, invokes or delays do; not when the body of a function does. */
function hashDefinition(machine: AnyStateMachine): string {
  const seen = new WeakSet();
  const text = JSON.stringify(machine.config, (_key, value: unknown) => {
    if (typeof value === 'function') return '[function]';
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) return '[seen]';
      seen.add(value);
    }
    return value;
  });
  const children = Object.entries(machine.implementations.actors as Record<string, unknown>)
    .filter((entry): entry is [string, AnyStateMachine] => entry[1] instanceof StateMachine)
    .map(([name, child]) => `${name}=${hashDefinition(child)}`)
    .sort();
  return createHash('sha256')
    .update([text, ...children].join('\n'))
    .digest('hex')
    .slice(0, 16);
}
