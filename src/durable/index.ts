/** The runtime's public face. */
export {
  currentActivity,
  fromActivity,
  toStoredError,
  type ActivityContext,
  type StoredError,
} from './activity/activity.js';
export { RetryableError, TerminalError } from './model/activity-errors.js';
export type { ActivityOptions, ActivitySettings, OutputCheck } from './machine/activity-settings.js';
export type { ActorView, HistoryEntry } from './handle/actor-view.js';
export type { WaitingFor } from './model/bookkeeping.js';
export type * from '../idempotency/idempotency-store.port.js';
export { systemClock, type Clock } from './model/clock.port.js';
export { noCrashPoints, type CrashPoint, type CrashPoints } from './model/crash-points.js';
export * from './model/durable-errors.js';
export * from './nest/durable-tokens.js';
export {
  DurableHandle,
  type AuditedOptions,
  type IncidentFilter,
  type Page,
  type SendAnswer,
} from './handle/durable-handle.js';
export type { Incidents as IncidentDesk, UnknownActorReport } from './handle/incidents.js';
export type { IncidentView } from './handle/incident-view.js';
export { INCIDENT_ACTIONS, INCIDENTS, type IncidentKind } from './model/incident-kinds.js';
export { silentLogger, type DurableLogger } from './model/logger.port.js';
export type {
  MigratedTimer,
  Migration,
  MigrationNote,
  PersistedChild,
  PersistedSnapshot,
} from './machine/machine-migration.js';
export type {
  DurableMachineOptions,
  DeadLetterContext as EndOfTheLine,
  UnexpectedEvent,
} from './machine/machine-registration.js';
export type { AuditSummary, Incompatibility as Misfit } from './runtime/compatibility-audit.js';
export type { ActorChange, Publication as Announcement } from './model/outbox.js';
export { keyedGuid } from './model/keyed-guid.js';
export { PeriodicTask as Periodic } from '../maintenance/periodic-task.js';
export { mapFields, namesAmong, REDACTED, redactKeys, SECRET_KEYS, type Redactor } from './json/redaction.js';
export { DurableRuntime, type RuntimeOptions } from './runtime/durable-runtime.js';
export { silentObserver, type RuntimeObserver } from './model/runtime-observer.js';
export type { Disposition, ExternalEvent } from './model/actor-message.js';
export * from './model/store.port.js';
