/**
 * Writes a batch of turns with one statement. When the statement cannot say which turn lost a race, or cannot express
 * the batch, it writes nothing. The caller then runs several statements (commit-batch.ts).
 */
import type { ActorCommit, CommitResult } from '../../durable/store.js';
import type { SqlDatabase } from '../database/database.port.js';
import { text } from '../database/row-reader.js';
import { driverCode, isError } from '../database/store-failure.js';

/** Message of the error of a statement that writes all or nothing. */
export const LOST = 'a race was lost';

/** @returns null when nothing was written. @throws StoreUnavailableError */
export async function commitAtOnce(
  database: SqlDatabase,
  batch: readonly ActorCommit[],
): Promise<readonly CommitResult[] | null> {
  const { commitAtOnce: way } = database.statements;
  const statement = way.statementFor(batch);
  if (statement === null) return null;
  try {
    const rows = await database.write(statement, way.parametersOf(batch));
    if (way.isAllOrNothing) return batch.map(() => 'committed');
    const winners = new Set(rows.map((row) => text(row, 'actorId')));
    return batch.map(({ actor: { actorId } }) => (winners.has(actorId) ? 'committed' : 'conflict'));
  } catch (error) {
    if (isError(error) && driverCode(error) === 'SQLITE_CONSTRAINT' && error.message.includes(LOST)) return null;
    throw error;
  }
}
