/**
 * Loads a stored actor onto the machine of its next turn: the version it started with, or the current version when
 * migrations lead there. Refuses an actor whose snapshot does not fit that machine, before anything changes (invariant 9).
 *
 * An actor that has ended takes no turn: it is neither migrated nor checked. When its version is no longer registered, it
 * gets the current one, which only redacts late events.
 */
import { type Bookkeeping, readBookkeeping } from '../model/bookkeeping.js';
import { SnapshotIncompatibleError } from '../model/durable-errors.js';
import { type AppliedMigration, type MigratedActor, type MigrationStep, migrateActor } from './machine-migration.js';
import type { RegisteredMachine } from './machine-registration.js';
import type { MachineRegistry } from './machine-registry.js';
import { checkSnapshotCompatibility } from './snapshot-compatibility.js';
import type { ActorRecord } from '../model/store.port.js';
import { checkTimerCompatibility } from './timer-compatibility.js';

export interface LoadedActor {
  readonly registration: RegisteredMachine;
  /** The stored actor, migrated if there is a migration. */
  readonly record: ActorRecord;
  /** Null when the actor stays on its version. */
  readonly migration: AppliedMigration | null;
}

/**
 * @throws UnknownMachineError when its version is not registered and no migrations lead from it.
 * @throws SnapshotIncompatibleError when its snapshot does not fit, or a migration failed.
 */
export function loadOntoMachine(registry: MachineRegistry, stored: ActorRecord, now: number): LoadedActor {
  const { machineId, machineVersion } = stored;
  const steps = hasEnded(stored) ? null : registry.migrationsFrom(machineId, machineVersion);
  const registration = registrationOf(registry, stored, steps);
  if (steps !== null) {
    const { record, applied } = migrated(stored, steps, registration, now);
    refuseIncompatible(registration, record);
    return { registration, record, migration: applied };
  }
  // With the same hash the snapshot fits.
  if (!hasEnded(stored) && stored.definitionHash !== registration.definitionHash)
    refuseIncompatible(registration, stored);
  return { registration, record: stored, migration: null };
}

const hasEnded = ({ runtimeStatus }: ActorRecord): boolean =>
  runtimeStatus === 'completed' || runtimeStatus === 'terminated';

function registrationOf(
  registry: MachineRegistry,
  stored: ActorRecord,
  steps: readonly MigrationStep[] | null,
): RegisteredMachine {
  const { machineId, machineVersion } = stored;
  const isUnregistered = hasEnded(stored) && !registry.has(machineId, machineVersion);
  if (steps !== null || isUnregistered) return registry.current(machineId);
  return registry.find(machineId, machineVersion);
}

function migrated(
  stored: ActorRecord,
  steps: readonly MigrationStep[],
  registration: RegisteredMachine,
  now: number,
): MigratedActor {
  try {
    return migrateActor(stored, steps, registration, now);
  } catch (error) {
    const path = [stored.machineVersion, ...steps.map((step) => step.to)].join(' to ');
    const cause = error instanceof Error ? error.message : String(error);
    throw new SnapshotIncompatibleError(stored.actorId, [`its migration from version ${path} failed: ${cause}`]);
  }
}

function refuseIncompatible(registration: RegisteredMachine, record: ActorRecord): void {
  const bookkeeping = readBookkeeping(record);
  const problems = [
    ...problemsOf(registration, record.snapshot, bookkeeping),
    ...(bookkeeping.stateBeforeFailure === undefined
      ? []
      : problemsOf(registration, bookkeeping.stateBeforeFailure.snapshot, {
          ...bookkeeping,
          timers: bookkeeping.stateBeforeFailure.timers,
        })),
  ];
  if (problems.length > 0) throw new SnapshotIncompatibleError(record.actorId, problems);
}

function problemsOf({ twin }: RegisteredMachine, text: string, bookkeeping: Bookkeeping): string[] {
  const snapshot: unknown = JSON.parse(text);
  const problems = checkSnapshotCompatibility(twin, snapshot, bookkeeping);
  return problems.length > 0 ? problems : checkTimerCompatibility(twin, snapshot, bookkeeping.timers);
}
