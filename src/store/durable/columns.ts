/**
 * The tables as the statements see them: which column holds which field of the port's records. The entities say the same
 * for TypeORM and the migrations create it; the contract suite compares the three.
 */
export interface Column {
  readonly name: string;
  readonly field: string;
  readonly type: 'text' | 'bigint' | 'boolean';
  /** SQL literal that each insert writes. No record has a field for the column, and nothing reads it. */
  readonly constant?: string;
}

function column(type: Column['type']): (name: string, field?: string) => Column {
  return (name, field = name) => ({ name, field, type });
}
const text = column('text');
const bigint = column('bigint');
const boolean = column('boolean');

export const ACTOR_HEAD_COLUMNS: readonly Column[] = [
  text('actor_id', 'actorId'),
  text('machine_id', 'machineId'),
  text('machine_version', 'machineVersion'),
  text('definition_hash', 'definitionHash'),
  bigint('revision'),
  text('runtime_status', 'runtimeStatus'),
  text('status'),
  text('outcome'),
  boolean('incident'),
  text('waiting_for', 'waitingFor'),
  text('attributes'),
  bigint('created_at', 'createdAt'),
  bigint('updated_at', 'updatedAt'),
  bigint('completed_at', 'completedAt'),
];

/** The big texts come last: reading a head then never touches their pages. */
export const ACTOR_COLUMNS: readonly Column[] = [
  ...ACTOR_HEAD_COLUMNS,
  bigint('history_seq', 'historySeq'),
  bigint('kept_events', 'keptEvents'),
  text('bookkeeping'),
  text('snapshot'),
  text('live_key', 'uniqueKey'),
];

/** An actor's identity never changes; leaving it out of updates keeps the list index untouched. */
const ACTOR_IDENTITY = new Set(['actor_id', 'machine_id', 'created_at']);
export const ACTOR_CHANGING_COLUMNS = ACTOR_COLUMNS.filter(({ name }) => !ACTOR_IDENTITY.has(name));

export const TASK_COLUMNS: readonly Column[] = [
  text('actor_id', 'actorId'),
  text('task_id', 'taskId'),
  text('kind'),
  bigint('due_at', 'dueAt'),
  // Earlier releases declared it NOT NULL without a default, and stored `{}` in every row.
  { ...text('payload'), constant: "'{}'" },
  text('owner_node', 'ownerNode'),
  bigint('deliveries'),
];

export const HISTORY_COLUMNS: readonly Column[] = [
  text('actor_id', 'actorId'),
  bigint('seq'),
  bigint('revision'),
  bigint('at'),
  text('type'),
  text('data'),
];

export const EVENT_COLUMNS: readonly Column[] = [
  text('actor_id', 'actorId'),
  text('key'),
  bigint('position'),
  text('type'),
  text('event'),
  text('state'),
  text('reason'),
  bigint('received_at', 'receivedAt'),
  bigint('settled_at', 'settledAt'),
];

export const INCIDENT_COLUMNS: readonly Column[] = [
  text('incident_id', 'incidentId'),
  text('actor_id', 'actorId'),
  text('subject_id', 'subjectId'),
  text('machine_id', 'machineId'),
  text('kind'),
  text('status'),
  text('cause'),
  text('suggested_action', 'suggestedAction'),
  text('advice'),
  bigint('opened_at', 'openedAt'),
  bigint('resolved_at', 'resolvedAt'),
  text('resolution'),
  text('resolved_by', 'resolvedBy'),
  text('reason'),
];

export const OUTBOX_COLUMNS: readonly Column[] = [
  text('message_id', 'messageId'),
  text('actor_id', 'actorId'),
  text('type'),
  bigint('revision'),
  bigint('at'),
  text('data'),
];

export const ANSWER_COLUMNS: readonly Column[] = [
  text('scope'),
  text('key'),
  text('fingerprint'),
  text('owner_node', 'ownerNode'),
  bigint('reserved_at', 'reservedAt'),
  bigint('expires_at', 'expiresAt'),
  bigint('status'),
  text('headers'),
  text('body'),
  text('actor_id', 'actorId'),
];

export const ATTRIBUTE_COLUMNS: readonly Column[] = [
  text('name'),
  text('value'),
  bigint('created_at', 'createdAt'),
  text('actor_id', 'actorId'),
];

/** `actor_id, task_id, …` */
export function names(columns: readonly Column[]): string {
  return columns.map(({ name }) => name).join(', ');
}

/** `t.actor_id AS "actorId", …`: rows come back under the record's own field names. */
export function asFields(columns: readonly Column[], table: string): string {
  return stored(columns)
    .map(({ name, field }) => `${table}.${name} AS "${field}"`)
    .join(', ');
}

/** Columns that hold a field of the record. */
export function stored(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ constant }) => constant === undefined);
}
