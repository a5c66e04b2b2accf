/**
 * Reads the history of one actor: batches, and the single rows that earlier releases wrote. Where a batch continues what
 * is wanted, no single rows are read.
 */
import type { HistoryRecord, HistoryRequest } from '../../../durable/store.js';
import type { Row, RunStatement } from '../../database/database.port.js';
import { integer, text } from '../../database/row-reader.js';
import { HISTORY_BATCHES_AFTER, HISTORY_ROWS_AFTER } from '../read-statements.js';
import { unpackHistory } from './history-batch.js';

/** Most rows of one look-up. With a filter by type, most records of them may be left out. */
const PAGE = 100;

/** @returns the records after a sequence number, oldest first. */
export async function findHistory(
  read: RunStatement,
  { actorId, afterSeq, types, limit }: HistoryRequest,
): Promise<HistoryRecord[]> {
  const found: HistoryRecord[] = [];
  const wanted = types === undefined ? null : new Set(types);
  let after = afterSeq;
  while (found.length < limit && wanted?.size !== 0) {
    const page = await nextRecords(read, actorId, after, Math.min(PAGE, limit));
    const last = page.at(-1);
    if (last === undefined) break;
    found.push(...page.filter(({ type }) => wanted?.has(type) ?? true));
    after = last.seq;
  }
  return found.slice(0, limit);
}

/** @returns some of the next records, up to where the other table goes on; none at the end. */
async function nextRecords(
  read: RunStatement,
  actorId: string,
  after: number,
  limit: number,
): Promise<readonly HistoryRecord[]> {
  const batches = await read(HISTORY_BATCHES_AFTER, [actorId, after, limit]);
  const packed = untilGap(batches.flatMap((row) => unpackHistory(historyBatch(row))).filter(({ seq }) => seq > after));
  const first = packed[0]?.seq ?? Infinity;
  if (first === after + 1) return packed;
  const single = (await read(HISTORY_ROWS_AFTER, [actorId, after, limit])).map(historyRow);
  const before = single.filter(({ seq }) => seq < first);
  return before.length > 0 ? before : packed;
}

function untilGap(records: readonly HistoryRecord[]): readonly HistoryRecord[] {
  const gap = records.findIndex(({ seq }, index) => seq !== (records[0]?.seq ?? 0) + index);
  return gap === -1 ? records : records.slice(0, gap);
}

function historyBatch(row: Row): { actorId: string; lastSeq: number; facts: string } {
  return { actorId: text(row, 'actorId'), lastSeq: integer(row, 'lastSeq'), facts: text(row, 'facts') };
}

function historyRow(row: Row): HistoryRecord {
  return {
    actorId: text(row, 'actorId'),
    seq: integer(row, 'seq'),
    revision: integer(row, 'revision'),
    at: integer(row, 'at'),
    type: text(row, 'type'),
    data: text(row, 'data'),
  };
}
