/**
 * Maps the columns of the tables to the fields of the port's records, for the statements. It derives the map from the
 * entities, which TypeORM uses too. The migrations create the tables, and the contract suite compares both.
 *
 * The outbox has no entity, because only statements use it.
 */
import { getMetadataArgsStorage } from 'typeorm';
import { ActorAttributeEntity } from '../entities/actor-attribute.entity.js';
import { ActorEntity } from '../entities/actor.entity.js';
import { AnswerEntity } from '../entities/answer.entity.js';
import { EventEntity } from '../entities/event.entity.js';
import { HistoryBatchEntity } from '../entities/history-batch.entity.js';
import { HistoryEntity } from '../entities/history.entity.js';
import { IncidentEntity } from '../entities/incident.entity.js';
import { TaskEntity } from '../entities/task.entity.js';

export interface Column {
  readonly name: string;
  readonly field: string;
  readonly type: 'text' | 'bigint' | 'boolean';
  /** SQL literal that each insert writes. No record has a field for the column, and nothing reads it. */
  readonly constant?: string;
}

/** Returns the columns in the order of the entity's properties. */
function columnsOf(entity: new () => object): readonly Column[] {
  return getMetadataArgsStorage()
    .filterColumns(entity)
    .map(({ propertyName, options }) => ({
      name: options.name ?? propertyName,
      field: propertyName,
      type: columnType(options.type),
    }));
}

function columnType(type: unknown): Column['type'] {
  if (type === 'text' || type === 'bigint' || type === 'boolean') return type;
  throw new TypeError(`An entity's column is text, bigint or boolean, not ${String(type)}.`);
}

export const ACTOR_COLUMNS = columnsOf(ActorEntity);

/** Columns that a head leaves out. The large texts are the last columns, so reading a head never reads their pages. */
const BODY = new Set(['history_seq', 'kept_events', 'bookkeeping', 'snapshot', 'live_key']);
export const ACTOR_HEAD_COLUMNS = ACTOR_COLUMNS.filter(({ name }) => !BODY.has(name));

/** Columns that never change. Updates leave them out, so they do not touch the index of the lists. */
const IDENTITY = new Set(['actor_id', 'machine_id', 'created_at']);
export const ACTOR_CHANGING_COLUMNS = ACTOR_COLUMNS.filter(({ name }) => !IDENTITY.has(name));

/** Earlier releases declared `payload` NOT NULL without a default, and stored `{}` in every row. */
export const TASK_COLUMNS: readonly Column[] = columnsOf(TaskEntity).map((column) =>
  column.name === 'payload' ? { ...column, constant: "'{}'" } : column,
);

/** Of earlier releases: nothing inserts them any more. */
export const HISTORY_ROW_COLUMNS = columnsOf(HistoryEntity);
export const HISTORY_BATCH_COLUMNS = columnsOf(HistoryBatchEntity);
export const EVENT_COLUMNS = columnsOf(EventEntity);
export const INCIDENT_COLUMNS = columnsOf(IncidentEntity);
export const ANSWER_COLUMNS = columnsOf(AnswerEntity);
export const ATTRIBUTE_COLUMNS = columnsOf(ActorAttributeEntity);

/** A column of a table without an entity. The name of its field is the column's name in camel case. */
function column(type: Column['type']): (name: string) => Column {
  return (name) => ({ name, field: name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()), type });
}
export const text = column('text');
export const bigint = column('bigint');

export const OUTBOX_COLUMNS: readonly Column[] = [
  text('message_id'),
  text('actor_id'),
  text('type'),
  bigint('revision'),
  bigint('at'),
  text('data'),
];

/** `actor_id, task_id, …` */
export function names(columns: readonly Column[]): string {
  return columns.map(({ name }) => name).join(', ');
}

/** `t.actor_id AS "actorId", …`: the rows have the field names of the record. */
export function asFields(columns: readonly Column[], table: string): string {
  return stored(columns)
    .map(({ name, field }) => `${table}.${name} AS "${field}"`)
    .join(', ');
}

/** Columns that hold a field of the record. */
export function stored(columns: readonly Column[]): readonly Column[] {
  return columns.filter(({ constant }) => constant === undefined);
}
