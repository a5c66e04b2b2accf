import type { AnyStateMachine } from 'xstate';
import { UnknownMachineError } from './durable.errors.js';
import { registerMachine, type DurableMachineOptions, type RegisteredMachine } from './machine.registration.js';

/** The machines of this process, by id and version: an actor stays on the version it started with (invariant 9). */
export class MachineRegistry {
  private readonly machines = new Map<string, RegisteredMachine>();

  /** @throws NotDurableError @throws Error when the same id and version is registered with another definition. */
  register<TMachine extends AnyStateMachine>(options: DurableMachineOptions<TMachine>): RegisteredMachine {
    const machine = registerMachine(options);
    const key = keyOf(machine.machineId, machine.version);
    if (this.machines.has(key)) throw new Error(`Machine ${key} is registered twice.`);
    this.machines.set(key, machine);
    return machine;
  }

  /** @throws UnknownMachineError */
  find(machineId: string, version: string): RegisteredMachine {
    const machine = this.machines.get(keyOf(machineId, version));
    if (machine === undefined) throw new UnknownMachineError(machineId, version);
    return machine;
  }
}

function keyOf(machineId: string, version: string): string {
  return `${machineId}@${version}`;
}
