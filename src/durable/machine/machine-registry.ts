/**
 * The machines of this process, by id and version. An actor stays on the version it started with, unless migrations lead
 * from there to the current version (invariant 9).
 *
 * New actors start on the current version, and migrations lead to it. The current version is the registration with
 * `current: true`, else the last one registered.
 */
import type { AnyStateMachine } from 'xstate';
import { UnknownMachineError } from '../model/durable-errors.js';
import type { MigrationStep } from './machine-migration.js';
import { type DurableMachineOptions, type RegisteredMachine, registerMachine } from './machine-registration.js';

interface Versions {
  readonly byVersion: Map<string, RegisteredMachine>;
  readonly steps: MigrationStep[];
  current: RegisteredMachine;
}

export class MachineRegistry {
  private readonly machines = new Map<string, Versions>();

  /**
   * @throws NotDurableError
   * @throws Error when the same id and version, another current version, or a migration between the same versions is
   * registered already.
   */
  register<TMachine extends AnyStateMachine>(options: DurableMachineOptions<TMachine>): RegisteredMachine {
    const machine = registerMachine(options);
    const { machineId, version } = machine;
    const known = this.machines.get(machineId);
    const same = known?.byVersion.get(version);
    if (same !== undefined) {
      throw new Error(
        same.definitionHash === machine.definitionHash
          ? `Machine ${nameOf(machine)} is registered twice.`
          : `Machine ${nameOf(machine)} is registered with another definition already: give the changed one a version of its own.`,
      );
    }
    if (known === undefined) {
      this.machines.set(machineId, {
        byVersion: new Map([[version, machine]]),
        steps: [...machine.migrations],
        current: machine,
      });
      return machine;
    }
    if (machine.current && known.current.current) {
      throw new Error(
        `Machine ${nameOf(machine)} and version ${known.current.version} both say that they are current.`,
      );
    }
    for (const { from, to } of machine.migrations) {
      if (known.steps.some((step) => step.from === from && step.to === to))
        throw new Error(`Machine ${nameOf(machine)}: a migration from ${from} to ${to} is registered already.`);
    }
    known.byVersion.set(version, machine);
    known.steps.push(...machine.migrations);
    if (machine.current || !known.current.current) known.current = machine;
    return machine;
  }

  /** @throws UnknownMachineError */
  find(machineId: string, version: string): RegisteredMachine {
    const machine = this.machines.get(machineId)?.byVersion.get(version);
    if (machine === undefined) throw new UnknownMachineError(machineId, version);
    return machine;
  }

  has(machineId: string, version: string): boolean {
    return this.machines.get(machineId)?.byVersion.has(version) ?? false;
  }

  /** Every machine in every version, in the order of registration. */
  all(): readonly RegisteredMachine[] {
    return [...this.machines.values()].flatMap(({ byVersion }) => [...byVersion.values()]);
  }

  /** New actors start on it. @throws UnknownMachineError */
  current(machineId: string): RegisteredMachine {
    const known = this.machines.get(machineId);
    if (known === undefined) throw new UnknownMachineError(machineId);
    return known.current;
  }

  /** @returns the shortest chain of migrations from `version` to the current one; null when there is none or none is needed. */
  migrationsFrom(machineId: string, version: string): readonly MigrationStep[] | null {
    const known = this.machines.get(machineId);
    if (known === undefined || known.steps.length === 0 || known.current.version === version) return null;
    const seen = new Set([version]);
    let paths: MigrationStep[][] = [[]];
    while (paths.length > 0) {
      paths = paths.flatMap((path) =>
        known.steps
          .filter(({ from, to }) => from === (path.at(-1)?.to ?? version) && !seen.has(to))
          .map((step) => [...path, step]),
      );
      for (const path of paths) {
        const last = path.at(-1);
        if (last?.to === known.current.version) return path;
        if (last !== undefined) seen.add(last.to);
      }
    }
    return null;
  }
}

function nameOf({ machineId, version }: RegisteredMachine): string {
  return `${machineId}@${version}`;
}
