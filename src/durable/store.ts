/** What the author of a store imports: the contract, and the rows it speaks of. */
export { INCIDENT_ACTIONS } from './model/incident-kinds.js';
export * from './model/store-stats.port.js';
export * from './model/store.port.js';
