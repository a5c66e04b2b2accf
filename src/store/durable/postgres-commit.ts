/**
 * Writes a commit with one statement of PostgreSQL. The statement is its own transaction, so it needs no BEGIN and
 * COMMIT and only one round trip.
 *
 * It inserts new actors before it locks existing ones, in the same order as the single statements. `b` counts the
 * inserted rows first to force this order. Only winners get their other rows. PostgreSQL checks foreign keys at the end
 * of the statement.
 */
import type { ActorCommit } from '../../durable/store.js';
import { HAS_RECEIVER } from '../push/push-statements.js';
import {
  ACTOR_CHANGING_COLUMNS,
  ACTOR_COLUMNS,
  ATTRIBUTE_COLUMNS,
  type Column,
  EVENT_COLUMNS,
  HISTORY_BATCH_COLUMNS,
  INCIDENT_COLUMNS,
  names,
  OUTBOX_COLUMNS,
  TASK_COLUMNS,
} from './columns.js';
import { attributeRows, historyBatches, lastStates } from './commit-batch.js';
import { EXPECTED, fields, recordset, TASK_KEY, WRITER } from './postgres-recordset.js';
import type { CommitAtOnce } from './statement-set.js';

const OF_WINNER = 'b."actorId" IN (SELECT actor_id FROM won)';
const insert = (table: string, columns: readonly Column[], parameter: number): string =>
  `INSERT INTO ${table} (${names(columns)})
  SELECT ${fields(columns)} FROM ${recordset(columns, parameter)} WHERE ${OF_WINNER}`;
const insertOfWriter = (table: string, columns: readonly Column[], parameter: number): string =>
  `INSERT INTO ${table} (${names(columns)})
  SELECT ${fields(columns)} FROM ${recordset([...columns, WRITER], parameter)}
  WHERE b."writer" IN (SELECT actor_id FROM won)`;

const STATEMENT = `
WITH created AS (
  INSERT INTO actors (${names(ACTOR_COLUMNS)})
  SELECT ${fields(ACTOR_COLUMNS)} FROM ${recordset(ACTOR_COLUMNS, 1)}
  ORDER BY b."uniqueKey" COLLATE "C" NULLS LAST, b."actorId" COLLATE "C"
  ON CONFLICT DO NOTHING
  RETURNING actor_id
), b AS MATERIALIZED (
  SELECT * FROM ${recordset([...ACTOR_COLUMNS, EXPECTED], 2)} WHERE (SELECT count(*) FROM created) >= 0
), locked AS MATERIALIZED (
  SELECT a.actor_id FROM actors a JOIN b ON b."actorId" = a.actor_id
  WHERE a.revision = b."expectedRevision"
  ORDER BY a.actor_id
  FOR NO KEY UPDATE OF a
), changed AS (
  UPDATE actors a SET ${ACTOR_CHANGING_COLUMNS.map(({ name, field }) => `${name} = b."${field}"`).join(', ')}
  FROM locked JOIN b ON b."actorId" = locked.actor_id
  WHERE a.actor_id = locked.actor_id AND a.revision = b."expectedRevision"
  RETURNING a.actor_id
), won AS MATERIALIZED (
  SELECT actor_id FROM created UNION ALL SELECT actor_id FROM changed
), removed_tasks AS (
  DELETE FROM tasks t USING ${recordset(TASK_KEY, 3)}
  WHERE t.actor_id = b."actorId" AND t.task_id = b."taskId" AND ${OF_WINNER}
), added_tasks AS (
  ${insert('tasks', TASK_COLUMNS, 4)}
), added_history AS (
  ${insert('history_batches', HISTORY_BATCH_COLUMNS, 5)}
), put_events AS (
  ${insert('events', EVENT_COLUMNS, 6)}
  ON CONFLICT (actor_id, key)
  DO UPDATE SET state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at
), put_incidents AS (
  ${insertOfWriter('incidents', INCIDENT_COLUMNS, 7)}
  ON CONFLICT (incident_id)
  DO UPDATE SET resolved_at = excluded.resolved_at, resolution = excluded.resolution,
    resolved_by = excluded.resolved_by, reason = excluded.reason
  WHERE incidents.resolved_at IS NULL
), added_outbox AS (
  ${insertOfWriter('outbox', OUTBOX_COLUMNS, 8)} AND ${HAS_RECEIVER}
), removed_attributes AS (
  DELETE FROM actor_attributes t USING ${recordset(ATTRIBUTE_COLUMNS, 9)}
  WHERE ${ATTRIBUTE_COLUMNS.map(({ name, field }) => `t.${name} = b."${field}"`).join(' AND ')} AND ${OF_WINNER}
), added_attributes AS (
  ${insert('actor_attributes', ATTRIBUTE_COLUMNS, 10)}
  ON CONFLICT DO NOTHING
)
SELECT actor_id AS "actorId" FROM won`;

/** Adds the id of the committing actor. A row may be about another actor or none, and is written if this actor wins. */
const writtenBy =
  (writer: string) =>
  (record: object): object => ({ ...record, writer });

/** One statement of PostgreSQL cannot delete a row and insert it again. */
function replacesTask({ removeTaskIds, addTasks }: ActorCommit): boolean {
  return removeTaskIds.length > 0 && addTasks.some(({ taskId }) => removeTaskIds.includes(taskId));
}

export const POSTGRES_COMMIT: CommitAtOnce = {
  isAllOrNothing: false,

  statementFor: (batch) => (batch.some(replacesTask) ? null : STATEMENT),

  /** Each is a JSON array of records. */
  parametersOf: (batch) => {
    const created = batch.filter(({ expectedRevision }) => expectedRevision === 0);
    const changed = batch.filter(({ expectedRevision }) => expectedRevision !== 0);
    return [
      created.map(({ actor }) => actor),
      changed.map(({ actor, expectedRevision }) => ({ ...actor, expectedRevision })),
      batch.flatMap(({ actor: { actorId }, removeTaskIds }) => removeTaskIds.map((taskId) => ({ actorId, taskId }))),
      batch.flatMap(({ addTasks }) => addTasks),
      historyBatches(batch),
      batch.flatMap(({ events }) => lastStates(events)),
      batch.flatMap(({ actor: { actorId }, incidents = [] }) => incidents.map(writtenBy(actorId))),
      batch.flatMap(({ actor: { actorId }, outbox = [] }) => outbox.map(writtenBy(actorId))),
      batch.flatMap(attributeRows('removeAttributes')),
      batch.flatMap(attributeRows('addAttributes')),
    ].map((records) => JSON.stringify(records));
  },
};
