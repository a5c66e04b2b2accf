/** Stores the audit log in a SQL database. Both dialects use the same statements. */
import type { AuditEntry, AuditLog, AuditPageRequest } from '../../audit/audit-log.port.js';
import type { Row, SqlDatabase, SqlParameter } from '../database/database.port.js';
import { KeyedWrites } from '../database/keyed-writes.js';
import { integer, nullableText, text } from '../database/row-reader.js';
import { asFields, bigint, names, text as textColumn } from '../durable/columns.js';
import { placeholders } from '../push/push-columns.js';

const COLUMNS = [
  textColumn('audit_id'),
  bigint('at'),
  textColumn('by'),
  textColumn('role'),
  textColumn('action'),
  textColumn('request'),
  textColumn('subject'),
  textColumn('reason'),
  textColumn('request_id'),
].map((column) => (column.name === 'by' ? { ...column, name: 'by_whom' } : column));

const APPEND = `INSERT INTO audit (${names(COLUMNS)}) VALUES (${placeholders(COLUMNS)})`;

export class SqlAuditLog implements AuditLog {
  readonly #writes: KeyedWrites;

  constructor(private readonly database: SqlDatabase) {
    this.#writes = new KeyedWrites(database);
  }

  async append({ auditId, at, by, role, action, request, subject, reason, requestId }: AuditEntry): Promise<void> {
    const values = [auditId, at, by, role, action, request, subject, reason, requestId];
    await this.#writes.begin(auditId, 0, (run) => run(APPEND, values));
  }

  async list({ by, action, subject, before, limit }: AuditPageRequest): Promise<AuditEntry[]> {
    const wanted: readonly (readonly [string, string | undefined])[] = [
      ['by_whom =', by],
      ['action =', action],
      ['subject =', subject],
      ['audit_id <', before],
    ];
    const given = wanted.flatMap(([test, value]) => (value === undefined ? [] : [{ test, value }]));
    const where = given.map(({ test }, n) => `${test} $${n + 1}`).join(' AND ');
    const parameters: readonly SqlParameter[] = [...given.map(({ value }) => value), limit];
    const rows = await this.database.read(
      `SELECT ${asFields(COLUMNS, 'a')} FROM audit a ${where === '' ? '' : `WHERE ${where}`}
       ORDER BY audit_id DESC LIMIT $${parameters.length}`,
      parameters,
    );
    return rows.map(entryOf);
  }
}

function entryOf(row: Row): AuditEntry {
  return {
    auditId: text(row, 'auditId'),
    at: integer(row, 'at'),
    by: text(row, 'by'),
    role: text(row, 'role'),
    action: text(row, 'action'),
    request: text(row, 'request'),
    subject: nullableText(row, 'subject'),
    reason: nullableText(row, 'reason'),
    requestId: nullableText(row, 'requestId'),
  };
}
