/**
 * Writes a batch of turns with a few statements, inside a transaction that its caller opens.
 *
 * Invariants:
 *  2. An actor's rows are written only after its own row was inserted, or was found at the expected revision. A turn
 *     that loses writes nothing and does not affect other turns of the batch.
 *  8. History is only inserted. A sequence number that exists already is a defect and fails the whole transaction.
 */
import type { ActorCommit, CommitResult, EventRecord } from '../../durable/store.js';
import type { RunStatement, SqlDatabase } from '../database/database.port.js';
import { text } from '../database/row-reader.js';
import { type HistoryBatch, packHistory } from './history/history-batch.js';
import type { StatementSet } from './statement-set.js';

/** Returns results in the order of the batch. No actor may be in the batch twice. */
export async function writeBatch(
  run: RunStatement,
  statements: StatementSet,
  batch: readonly ActorCommit[],
): Promise<CommitResult[]> {
  const write = async (sql: string, records: readonly object[]): Promise<string[]> => {
    if (records.length === 0) return [];
    const rows = await run(sql, [JSON.stringify(records)]);
    return rows.map((row) => text(row, 'actorId'));
  };

  const created = batch.filter(({ expectedRevision }) => expectedRevision === 0);
  const changed = batch.filter(({ expectedRevision }) => expectedRevision !== 0);
  const winners = new Set([
    ...(await write(
      statements.insertActors,
      created.map(({ actor }) => actor),
    )),
    ...(await write(
      statements.updateActors,
      changed.map(({ actor, expectedRevision }) => ({ ...actor, expectedRevision })),
    )),
  ]);

  const won = batch.filter(({ actor }) => winners.has(actor.actorId));
  await write(
    statements.deleteTasks,
    won.flatMap(({ actor: { actorId }, removeTaskIds }) => removeTaskIds.map((taskId) => ({ actorId, taskId }))),
  );
  await write(
    statements.insertTasks,
    won.flatMap(({ addTasks }) => addTasks),
  );
  await write(statements.insertHistory, historyBatches(won));
  await write(
    statements.upsertEvents,
    won.flatMap(({ events }) => lastStates(events)),
  );
  await write(
    statements.upsertIncidents,
    won.flatMap(({ incidents = [] }) => incidents),
  );
  await write(
    statements.insertOutbox,
    won.flatMap(({ outbox = [] }) => outbox),
  );
  await write(statements.deleteAttributes, won.flatMap(attributeRows('removeAttributes')));
  await write(statements.insertAttributes, won.flatMap(attributeRows('addAttributes')));
  const results = batch.map(({ actor: { actorId } }) => (winners.has(actorId) ? 'committed' : 'conflict'));
  return withTaken({ read: run, statements }, batch, results);
}

/** A new actor that lost, although no actor has its id, lost to an actor with the same unique key. */
export async function withTaken(
  database: Pick<SqlDatabase, 'read' | 'statements'>,
  batch: readonly ActorCommit[],
  results: readonly CommitResult[],
): Promise<CommitResult[]> {
  const lost = batch.filter(
    ({ expectedRevision, actor }, at) =>
      results[at] === 'conflict' && expectedRevision === 0 && actor.uniqueKey !== null,
  );
  if (lost.length === 0) return [...results];
  const rows = await database.read(database.statements.knownActors, [
    JSON.stringify(lost.map(({ actor: { actorId } }) => ({ actorId }))),
  ]);
  const known = new Set(rows.map((row) => text(row, 'actorId')));
  const taken = new Set(lost.map(({ actor }) => actor.actorId).filter((actorId) => !known.has(actorId)));
  return batch.map(({ actor: { actorId } }, at) => (taken.has(actorId) ? 'taken' : (results[at] ?? 'conflict')));
}

export function historyBatches(batch: readonly ActorCommit[]): readonly HistoryBatch[] {
  return batch.map(({ history }) => packHistory(history)).filter((packed) => packed !== null);
}

export const attributeRows =
  (which: 'addAttributes' | 'removeAttributes') =>
  ({ actor: { actorId, createdAt }, [which]: attributes = [] }: ActorCommit): object[] =>
    attributes.map(({ name, value }) => ({ name, value, createdAt, actorId }));

/**
 * Returns one record for each event, in its last state. Several turns of a batch may keep an event and then apply it,
 * but PostgreSQL refuses to change a row twice in one statement.
 */
export function lastStates(events: readonly EventRecord[]): readonly EventRecord[] {
  if (events.length < 2) return events;
  const byKey = new Map<string, EventRecord>();
  for (const event of events) {
    const { state, reason, settledAt } = event;
    byKey.set(event.key, { ...(byKey.get(event.key) ?? event), state, reason, settledAt });
  }
  return [...byKey.values()];
}
