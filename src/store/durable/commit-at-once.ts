/**
 * Writes a batch of turns with one statement. When the statement cannot say which turn lost a race, or cannot express
 * the batch, it writes nothing. The caller then runs several statements (commit-batch.ts).
 */
import type { ActorCommit, CommitResult } from '../../durable/store.js';
import type { SqlDatabase, SqlParameter } from '../database/database.port.js';
import { text } from '../database/row-reader.js';
import { driverCode, isError } from '../database/store-failure.js';
import { attributeRows, lastStates } from './commit-batch.js';

/** Message of the error that a trigger of SQLite raises; see sqlite-commit.ts. */
export const LOST = 'a race was lost';

/** @returns null when nothing was written. @throws StoreUnavailableError */
export async function commitAtOnce(
  database: SqlDatabase,
  batch: readonly ActorCommit[],
): Promise<readonly CommitResult[] | null> {
  const { commitAtOnce: statement, losesAsOne } = database.statements;
  // One statement of PostgreSQL cannot delete a row and insert it again.
  if (!losesAsOne && batch.some(replacesTask)) return null;
  try {
    const rows = await database.write(statement, parametersOf(batch));
    if (losesAsOne) return batch.map(() => 'committed');
    const winners = new Set(rows.map((row) => text(row, 'actorId')));
    return batch.map(({ actor: { actorId } }) => (winners.has(actorId) ? 'committed' : 'conflict'));
  } catch (error) {
    if (isError(error) && driverCode(error) === 'SQLITE_CONSTRAINT' && error.message.includes(LOST)) return null;
    throw error;
  }
}

/** Makes the statement's parameters. Each is a JSON array of records. */
function parametersOf(batch: readonly ActorCommit[]): readonly SqlParameter[] {
  const created = batch.filter(({ expectedRevision }) => expectedRevision === 0);
  const changed = batch.filter(({ expectedRevision }) => expectedRevision !== 0);
  return [
    created.map(({ actor }) => actor),
    changed.map(({ actor, expectedRevision }) => ({ ...actor, expectedRevision })),
    batch.flatMap(({ actor: { actorId }, removeTaskIds }) => removeTaskIds.map((taskId) => ({ actorId, taskId }))),
    batch.flatMap(({ addTasks }) => addTasks),
    batch.flatMap(({ history }) => history),
    batch.flatMap(({ events }) => lastStates(events)),
    batch.flatMap(({ actor: { actorId }, incidents = [] }) => incidents.map(writtenBy(actorId))),
    batch.flatMap(({ actor: { actorId }, outbox = [] }) => outbox.map(writtenBy(actorId))),
    batch.flatMap(attributeRows('removeAttributes')),
    batch.flatMap(attributeRows('addAttributes')),
  ].map((records) => JSON.stringify(records));
}

/** Adds the id of the committing actor. A row may be about another actor or none, and is written if this actor wins. */
const writtenBy =
  (writer: string) =>
  (record: object): object => ({ ...record, writer });

function replacesTask({ removeTaskIds, addTasks }: ActorCommit): boolean {
  return removeTaskIds.length > 0 && addTasks.some(({ taskId }) => removeTaskIds.includes(taskId));
}
