/** Entry for applications. */
export { currentActivity, fromActivity } from './activity/activity.js';
export { LazySignal } from './activity/lazy-signal.js';
export { type ActorView, type HistoryEntry } from './handle/actor-view.js';
export {
  DurableHandle,
  type AuditedOptions,
  type IncidentFilter,
  type Page,
  type SendResult,
} from './handle/durable-handle.js';
export { readCursor, writeCursor, type PageEnd } from './handle/page-cursor.js';
export type { IncidentView } from './handle/incident-view.js';
export type { Incidents, UnknownActorReport } from './handle/incidents.js';
export { mapFields, namesAmong, REDACTED, redactKeys, SECRET_KEYS, type Redactor } from './json/redaction.js';
export type { ActivityOptions, ActivitySettings, OutputCheck } from './machine/activity-settings.js';
export type {
  MigratedTimer,
  Migration,
  MigrationNote,
  PersistedChild,
  PersistedSnapshot,
} from './machine/machine-migration.js';
export type { DeadLetterContext, DurableMachineOptions, UnexpectedEvent } from './machine/machine-registration.js';
export type { ActivityContext } from './model/activity-context.js';
export { RetryableError, TerminalError } from './activity/activity-errors.js';
export type { ActorCommand } from './model/actor-command.js';
export { recordedKindOf, type ActorMessage, type Disposition, type ExternalEvent } from './model/actor-message.js';
export type { WaitingFor } from './model/bookkeeping.js';
export type { Clock } from './model/clock.port.js';
export { patientTimer } from './time/patient-timer.js';
export { SteadyClock, type TimeSources } from './time/steady-clock.js';
export { CodedError, type ErrorKind, type FieldError } from './model/coded-error.js';
export { noCrashPoints, type CrashPoint, type CrashPoints } from './model/crash-points.js';
export * from './model/durable-errors.js';
export { INCIDENT_ACTIONS, INCIDENTS, type IncidentAdvice, type IncidentKind } from './model/incident-kinds.js';
export { keyedGuid } from './handle/keyed-guid.js';
export { silentLogger, type DurableLogger } from './model/logger.port.js';
export { PeriodicTask, type PeriodicTaskOptions } from './model/periodic-task.js';
export type { ActorChange, Publication } from './model/outbox.js';
export { silentObserver, type BatchFailure, type RuntimeObserver } from './model/runtime-observer.js';
export type { Backlog, StoreStats, StoreStatsSource } from './model/store-stats.port.js';
export * from './model/store.port.js';
export { toStoredError, type StoredError } from './model/stored-error.js';
export { DurableModule, type FeatureAsyncOptions, type MachineVersions } from './nest/durable.module.js';
export { InjectHandle } from './nest/inject-handle.decorator.js';
export * from './nest/durable-tokens.js';
export type { AuditSummary, Incompatibility } from './runtime/compatibility-audit.js';
export { DurableRuntime } from './runtime/durable-runtime.js';
export type { RuntimeOptions } from './runtime/runtime-options.js';
