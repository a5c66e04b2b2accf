/** Injects the {@link AuditLog}; the store's module provides it. */
export const AUDIT_LOG = Symbol('AUDIT_LOG');

/** One thing that a holder of a key has set about doing. */
export interface AuditEntry {
  /** Sorts by time. */
  readonly auditId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Id of the key, and its role. */
  readonly by: string;
  readonly role: string;
  /** Stable word, e.g. `order.purged`. */
  readonly action: string;
  /** Method and path of the request, without its query. */
  readonly request: string;
  /** What it is about: the id in the path, or null. */
  readonly subject: string | null;
  /** As the body gives it, or null. */
  readonly reason: string | null;
  /** Of the request, as logs name it. */
  readonly requestId: string | null;
}

export interface AuditPageRequest {
  readonly by?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  readonly limit: number;
  /** Entries before this one. */
  readonly before?: string | undefined;
}

/** Append-only: the database itself refuses to change or delete an entry. Methods may reject with StoreUnavailableError. */
export interface AuditLog {
  /** Durable when it resolves. */
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(request: AuditPageRequest): Promise<AuditEntry[]>;
}
