/** Entry for tools that draw, replay, check or compare machines and stored actors. */
export { isObject } from './json/json-object.js';
export { loadOntoMachine } from './machine/load-actor.js';
export { definitionOf, hashOfDefinition, type MachineDefinition } from './machine/machine-definition.js';
export { registerMachine, type RegisteredMachine } from './machine/machine-registration.js';
export { MachineRegistry } from './machine/machine-registry.js';
export { emptyBookkeeping, type Bookkeeping } from './model/bookkeeping.js';
export type { ScheduledActivity } from './model/scheduled-activity.js';
export { computeTurn } from './turn/turn.js';
export type { TurnRequest } from './turn/turn-decision.js';
export { TurnRecorder } from './turn/turn-recorder.js';
export { isActiveActivity, joinPath, pathOf, walkTree } from './xstate/actor-tree.js';
export { findActivity } from './xstate/durable-twin.js';
export { inertLogic, SETTLED, type ActivitySettled } from './xstate/inert-logic.js';
export { stateNodes } from './xstate/state-nodes.js';
