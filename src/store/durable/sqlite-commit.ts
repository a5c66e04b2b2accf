/**
 * Writes a batch of turns with one statement of SQLite: an INSERT into a temporary view, one row for each turn. The view's
 * trigger writes the rows of the turn. The statement is its own transaction. It needs one call to the driver's thread
 * instead of one for each table, BEGIN and COMMIT.
 *
 * A trigger cannot return which turn won. When a turn loses, the trigger raises an error, and nothing is written. This
 * is rare, because only one process uses the file.
 */
import type { ActorCommit, ActorRecord } from '../../durable/store.js';
import type { SqlParameter } from '../database/database.port.js';
import { HAS_RECEIVER } from '../push/push-statements.js';
import {
  ACTOR_CHANGING_COLUMNS,
  ACTOR_COLUMNS,
  ATTRIBUTE_COLUMNS,
  type Column,
  EVENT_COLUMNS,
  INCIDENT_COLUMNS,
  names,
  OUTBOX_COLUMNS,
  TASK_COLUMNS,
} from './columns.js';
import { attributeRows, lastStates } from './commit-batch.js';
import { LOST } from './commit-at-once.js';
import { packHistory } from './history/history-batch.js';
import type { CommitAtOnce } from './statement-set.js';

/** The JSON object `lists`. Most turns have few of them. */
interface Lists {
  readonly removed_tasks: readonly string[];
  readonly added_tasks: readonly object[];
  readonly events: readonly object[];
  readonly incidents: readonly object[];
  readonly outbox: readonly object[];
  readonly removed_attributes: readonly object[];
  readonly added_attributes: readonly object[];
}
type List = keyof Lists;

/** Long texts have columns of their own, because JSON would escape them. Few columns, because each costs the caller time. */
const VIEW_COLUMNS = [
  'actor_id',
  'expected_revision',
  'head',
  'bookkeeping',
  'snapshot',
  'last_seq',
  'facts',
  'lists',
] as const;
const OWN_COLUMNS: ReadonlySet<string> = new Set(VIEW_COLUMNS);
/** The other columns of the actor, as the JSON array `head`. */
const HEAD_COLUMNS = ACTOR_COLUMNS.filter(({ name }) => !OWN_COLUMNS.has(name));
const HEAD_FIELDS = HEAD_COLUMNS.map(({ field }) => field as keyof ActorRecord);

function ofActor(column: Column): string {
  const { name } = column;
  return OWN_COLUMNS.has(name) ? `NEW.${name}` : `NEW.head ->> ${HEAD_COLUMNS.indexOf(column)}`;
}
const from = (list: List): string => `FROM json_each(NEW.lists, '$.${list}') b`;
const fields = (columns: readonly Column[]): string =>
  columns.map(({ field, constant }) => constant ?? `b.value ->> '${field}'`).join(', ');
const insert = (table: string, columns: readonly Column[], list: List): string =>
  `INSERT INTO ${table} (${names(columns)}) SELECT ${fields(columns)} ${from(list)} WHERE true`;
/** Raises {@link LOST} when the statement before it changed no row. */
const expectChange = (when: string): string => `SELECT RAISE(ABORT, '${LOST}') WHERE ${when} AND changes() = 0`;

const STATEMENTS = [
  `INSERT INTO actors (${names(ACTOR_COLUMNS)})
   SELECT ${ACTOR_COLUMNS.map(ofActor).join(', ')} WHERE NEW.expected_revision = 0
   ON CONFLICT DO NOTHING`,
  expectChange('NEW.expected_revision = 0'),
  `UPDATE actors SET ${ACTOR_CHANGING_COLUMNS.map((column) => `${column.name} = ${ofActor(column)}`).join(', ')}
   WHERE actor_id = NEW.actor_id AND revision = NEW.expected_revision AND NEW.expected_revision > 0`,
  expectChange('NEW.expected_revision > 0'),
  `DELETE FROM tasks WHERE actor_id = NEW.actor_id AND task_id IN (SELECT b.value ${from('removed_tasks')})`,
  insert('tasks', TASK_COLUMNS, 'added_tasks'),
  `INSERT INTO history_batches (actor_id, last_seq, facts)
   SELECT NEW.actor_id, NEW.last_seq, NEW.facts WHERE NEW.facts IS NOT NULL`,
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
 * neither. A row without an actor fills up a batch, and nothing is written for it.
 */
export const PREPARE_COMMITS: readonly string[] = [
  `CREATE TEMP VIEW commits (${VIEW_COLUMNS.join(', ')}) AS SELECT ${VIEW_COLUMNS.map(() => 'NULL').join(', ')}`,
  `CREATE TEMP TRIGGER write_commit INSTEAD OF INSERT ON commits WHEN NEW.actor_id IS NOT NULL
   BEGIN ${STATEMENTS.map((sql) => `${sql};`).join('\n')} END`,
];

/** SQLite allows 32,766 parameters in a statement. */
const LARGEST_BATCH = 512;
const ROW = `(${VIEW_COLUMNS.map(() => '?').join(', ')})`;
const NO_ACTOR: readonly SqlParameter[] = VIEW_COLUMNS.map(() => null);

/** One statement for each power of two, so that few have to be prepared. */
const STATEMENT_OF_SIZE = new Map<number, string>();
for (let size = 1; size <= LARGEST_BATCH; size *= 2)
  STATEMENT_OF_SIZE.set(size, `INSERT INTO commits VALUES ${Array<string>(size).fill(ROW).join(', ')}`);

export const SQLITE_COMMIT: CommitAtOnce = {
  isAllOrNothing: true,

  statementFor: (batch) => STATEMENT_OF_SIZE.get(sizeFor(batch)) ?? null,

  parametersOf: (batch) => {
    const parameters = batch.flatMap(parametersOfTurn);
    for (let row = batch.length; row < sizeFor(batch); row += 1) parameters.push(...NO_ACTOR);
    return parameters;
  },
};

function sizeFor(batch: readonly ActorCommit[]): number {
  return 2 ** Math.ceil(Math.log2(batch.length));
}

function parametersOfTurn(commit: ActorCommit): SqlParameter[] {
  const { actor, expectedRevision, addTasks, removeTaskIds, history, events, incidents = [], outbox = [] } = commit;
  const packed = packHistory(history);
  const lists: Lists = {
    removed_tasks: removeTaskIds,
    added_tasks: addTasks,
    events: lastStates(events),
    incidents,
    outbox,
    removed_attributes: attributeRows('removeAttributes')(commit),
    added_attributes: attributeRows('addAttributes')(commit),
  };
  const parameters: Readonly<Record<(typeof VIEW_COLUMNS)[number], SqlParameter>> = {
    actor_id: actor.actorId,
    expected_revision: expectedRevision,
    head: JSON.stringify(HEAD_FIELDS.map((field) => actor[field])),
    bookkeeping: actor.bookkeeping,
    snapshot: actor.snapshot,
    last_seq: packed?.lastSeq ?? null,
    facts: packed?.facts ?? null,
    lists: JSON.stringify(lists),
  };
  return VIEW_COLUMNS.map((name) => parameters[name]);
}
