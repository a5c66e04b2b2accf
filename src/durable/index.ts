/** The runtime's public face. */
export { currentActivity, fromActivity, toStoredError, type ActivityContext, type StoredError } from './activity.js';
export { RetryableError, TerminalError } from './activity.errors.js';
export type { ActivityOptions, ActivitySettings, OutputCheck } from './activity.settings.js';
export type { ActorView, HistoryEntry } from './actor.view.js';
export type { WaitingFor } from './bookkeeping.js';
export type * from './answer.store.port.js';
export { systemClock, type Clock } from './clock.port.js';
export { noCrashPoints, type CrashPoint, type CrashPoints } from './crash-point.js';
export * from './durable.errors.js';
export * from './durable.tokens.js';
export { DurableHandle, type AuditedOptions, type IncidentFilter, type Page, type SendAnswer } from './handle.js';
export type { IncidentDesk, UnknownActorReport } from './incident.desk.js';
export type { IncidentView } from './incident.view.js';
export { INCIDENT_ACTIONS, INCIDENTS, type IncidentKind } from './incident.kinds.js';
export { silentLogger, type DurableLogger } from './logger.port.js';
export type {
  MigratedTimer,
  Migration,
  MigrationNote,
  PersistedChild,
  PersistedSnapshot,
} from './machine.migration.js';
export type { DurableMachineOptions, EndOfTheLine, UnexpectedEvent } from './machine.registration.js';
export type { AuditSummary, Misfit } from './open-actors.audit.js';
export type { ActorChange, Announcement } from './outbox.js';
export { keyedGuid } from './keyed.guid.js';
export { Periodic } from './periodic.js';
export { mapFields, namesAmong, REDACTED, redactKeys, SECRET_KEYS, type Redactor } from './redaction.js';
export { DurableRuntime, type RuntimeOptions } from './runtime.js';
export { silentObserver, type RuntimeObserver } from './runtime.observer.js';
export type { Disposition, ExternalEvent } from './signal.js';
export * from './store.port.js';
