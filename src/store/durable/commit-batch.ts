/**
 * Writes a batch of turns with a handful of statements, inside a transaction that its caller opens.
 *
 * Invariants:
 *  2. An actor's rows are written only after its own row was inserted or its revision was found as expected; whoever loses
 *     leaves nothing behind and spoils nothing for the others.
 *  8. History is inserted only. A sequence number that exists already fails the whole transaction: that is a defect.
 */
import type { ActorCommit, CommitResult, EventRecord } from '../../durable/store.js';
import type { RunStatement } from '../database/database.port.js';
import { text } from '../database/row-reader.js';
import type { StatementSet } from './statement-set.js';

/** Results in the order of the batch. Throws when an actor comes twice. */
export async function writeBatch(
  run: RunStatement,
  statements: StatementSet,
  batch: readonly ActorCommit[],
): Promise<CommitResult[]> {
  if (new Set(batch.map(({ actor }) => actor.actorId)).size !== batch.length) {
    throw new Error('An actor comes twice in one batch of commits');
  }
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

  const lost = created.filter(({ actor }) => !winners.has(actor.actorId) && actor.uniqueKey !== null);
  const known = new Set(
    await write(
      statements.knownActors,
      lost.map(({ actor: { actorId } }) => ({ actorId })),
    ),
  );
  const taken = new Set(lost.map(({ actor }) => actor.actorId).filter((actorId) => !known.has(actorId)));

  const won = batch.filter(({ actor }) => winners.has(actor.actorId));
  await write(
    statements.deleteTasks,
    won.flatMap(({ actor: { actorId }, removeTaskIds }) => removeTaskIds.map((taskId) => ({ actorId, taskId }))),
  );
  await write(
    statements.insertTasks,
    won.flatMap(({ addTasks }) => addTasks),
  );
  await write(
    statements.insertHistory,
    won.flatMap(({ history }) => history),
  );
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
  return batch.map(({ actor: { actorId } }) => {
    if (winners.has(actorId)) return 'committed';
    return taken.has(actorId) ? 'taken' : 'conflict';
  });
}

const attributeRows =
  (which: 'addAttributes' | 'removeAttributes') =>
  ({ actor: { actorId, createdAt }, [which]: attributes = [] }: ActorCommit): object[] =>
    attributes.map(({ name, value }) => ({ name, value, createdAt, actorId }));

/**
 * Several turns in a row may have kept an event and then applied it: one row, with the last state. PostgreSQL refuses to
 * touch a row twice in one statement.
 */
function lastStates(events: readonly EventRecord[]): readonly EventRecord[] {
  if (events.length < 2) return events;
  const byKey = new Map<string, EventRecord>();
  for (const event of events) {
    const { state, reason, settledAt } = event;
    byKey.set(event.key, { ...(byKey.get(event.key) ?? event), state, reason, settledAt });
  }
  return [...byKey.values()];
}
