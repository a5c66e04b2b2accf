import type { AuditEntry, AuditLog, AuditPageRequest } from '../../src/audit/audit-log.port.js';

/** The audit log in memory; held to the same contract as the real one. */
export class MemoryAuditLog implements AuditLog {
  readonly entries: AuditEntry[] = [];
  /** What the next entry fails with. */
  failure: Error | null = null;

  append(entry: AuditEntry): Promise<void> {
    const { failure } = this;
    this.failure = null;
    if (failure !== null) return Promise.reject(failure);
    this.entries.push(entry);
    return Promise.resolve();
  }

  list({ by, action, subject, before, limit }: AuditPageRequest): Promise<AuditEntry[]> {
    const found = this.entries
      .filter((entry) => by === undefined || entry.by === by)
      .filter((entry) => action === undefined || entry.action === action)
      .filter((entry) => subject === undefined || entry.subject === subject)
      .filter((entry) => before === undefined || entry.auditId < before)
      .sort((one, other) => (one.auditId < other.auditId ? 1 : -1));
    return Promise.resolve(found.slice(0, limit));
  }
}
