/**
 * Writes a commit with one statement of SQLite: an INSERT into a temporary view, whose trigger writes all rows. The
 * statement is its own transaction. It needs one call to the driver's thread instead of one for each table, BEGIN and
 * COMMIT.
 *
 * A trigger cannot return which turn won. When a turn loses, the trigger raises an error, and nothing is written. This
 * is rare, because only one process uses the file.
 */
import { HAS_RECEIVER } from '../push/push-statements.js';
import {
  ACTOR_CHANGING_COLUMNS,
  ACTOR_COLUMNS,
  ATTRIBUTE_COLUMNS,
  type Column,
  EVENT_COLUMNS,
  HISTORY_COLUMNS,
  INCIDENT_COLUMNS,
  names,
  OUTBOX_COLUMNS,
  TASK_COLUMNS,
} from './columns.js';
import { LOST } from './commit-at-once.js';

/** The parts of a commit, in the order of the statement's parameters. */
const PARTS = [
  'created',
  'changed',
  'removed_tasks',
  'added_tasks',
  'history',
  'events',
  'incidents',
  'outbox',
  'removed_attributes',
  'added_attributes',
] as const;
type Part = (typeof PARTS)[number];

const from = (part: Part): string => `FROM json_each(NEW.${part}) b`;
const fields = (columns: readonly Column[]): string =>
  columns.map(({ field, constant }) => constant ?? `b.value ->> '${field}'`).join(', ');
const insert = (table: string, columns: readonly Column[], part: Part): string =>
  `INSERT INTO ${table} (${names(columns)}) SELECT ${fields(columns)} ${from(part)} WHERE true`;
/** Raises {@link LOST} when the statement before it did not change one row for each record. */
const expectAll = (part: Part): string =>
  `SELECT RAISE(ABORT, '${LOST}') WHERE changes() <> json_array_length(NEW.${part})`;

const STATEMENTS = [
  `${insert('actors', ACTOR_COLUMNS, 'created')} ON CONFLICT DO NOTHING`,
  expectAll('created'),
  `UPDATE actors SET ${ACTOR_CHANGING_COLUMNS.map(({ name, field }) => `${name} = b.value ->> '${field}'`).join(', ')}
   ${from('changed')}
   WHERE actors.actor_id = b.value ->> 'actorId' AND actors.revision = b.value ->> 'expectedRevision'`,
  expectAll('changed'),
  `DELETE FROM tasks WHERE (actor_id, task_id) IN (SELECT b.value ->> 'actorId', b.value ->> 'taskId' ${from('removed_tasks')})`,
  insert('tasks', TASK_COLUMNS, 'added_tasks'),
  insert('history', HISTORY_COLUMNS, 'history'),
  `${insert('events', EVENT_COLUMNS, 'events')} ON CONFLICT (actor_id, key)
   DO UPDATE SET state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at`,
  `${insert('incidents', INCIDENT_COLUMNS, 'incidents')} ON CONFLICT (incident_id)
   DO UPDATE SET resolved_at = excluded.resolved_at, resolution = excluded.resolution,
     resolved_by = excluded.resolved_by, reason = excluded.reason
   WHERE incidents.resolved_at IS NULL`,
  `${insert('outbox', OUTBOX_COLUMNS, 'outbox')} AND ${HAS_RECEIVER}`,
  `DELETE FROM actor_attributes
   WHERE (${names(ATTRIBUTE_COLUMNS)}) IN (SELECT ${fields(ATTRIBUTE_COLUMNS)} ${from('removed_attributes')})`,
  `${insert('actor_attributes', ATTRIBUTE_COLUMNS, 'added_attributes')} ON CONFLICT DO NOTHING`,
];

/**
 * Run these on each writing connection, after the tables exist. The view and trigger are temporary: the file has
 * neither.
 */
export const PREPARE_COMMITS: readonly string[] = [
  `CREATE TEMP VIEW commits (${PARTS.join(', ')}) AS SELECT ${PARTS.map(() => 'NULL').join(', ')}`,
  `CREATE TEMP TRIGGER write_commit INSTEAD OF INSERT ON commits BEGIN ${STATEMENTS.map((sql) => `${sql};`).join('\n')} END`,
];

export const COMMIT_AT_ONCE = `INSERT INTO commits VALUES (${PARTS.map((_, at) => `$${at + 1}`).join(', ')})`;
