/**
 * Packs the history that one commit adds into one row, and unpacks it: a row for each record would cost more than the
 * records.
 *
 * Each record is one line: `revision time type data`. A record with the revision and the time of the line before it
 * leaves both out, and its line begins with the space.
 */
import type { HistoryRecord } from '../../../durable/store.js';

export interface HistoryBatch {
  readonly actorId: string;
  /** Sequence of the last record. The others come before it without a gap. */
  readonly lastSeq: number;
  readonly facts: string;
}

/** @returns null when there are no records. @throws Error when the records have a gap, or cannot be one line each. */
export function packHistory(records: readonly HistoryRecord[]): HistoryBatch | null {
  const inOrder = records.length < 2 ? records : [...records].sort((one, other) => one.seq - other.seq);
  const last = inOrder.at(-1);
  if (last === undefined) return null;
  let facts = '';
  let previous: HistoryRecord | null = null;
  for (const record of inOrder) {
    assertPackable(record, previous);
    const { revision, at, type, data } = record;
    const isSame: boolean = previous?.revision === revision && previous.at === at;
    facts += `${previous === null ? '' : '\n'}${isSame ? '' : `${revision} ${at}`} ${type} ${data}`;
    previous = record;
  }
  return { actorId: last.actorId, lastSeq: last.seq, facts };
}

export function unpackHistory({ actorId, lastSeq, facts }: HistoryBatch): HistoryRecord[] {
  const lines = facts.split('\n');
  let [revision, at] = [0, 0];
  return lines.map((line, index) => {
    let start = 1;
    if (!line.startsWith(' ')) {
      const afterRevision = line.indexOf(' ');
      const afterTime = line.indexOf(' ', afterRevision + 1);
      revision = Number(line.slice(0, afterRevision));
      at = Number(line.slice(afterRevision + 1, afterTime));
      start = afterTime + 1;
    }
    const afterType = line.indexOf(' ', start);
    const seq = lastSeq - lines.length + 1 + index;
    return { actorId, seq, revision, at, type: line.slice(start, afterType), data: line.slice(afterType + 1) };
  });
}

/** The runtime numbers the records and writes their data with JSON.stringify, so an error here is a defect. */
function assertPackable({ actorId, seq, type, data }: HistoryRecord, previous: HistoryRecord | null): void {
  if (previous !== null && (previous.seq + 1 !== seq || previous.actorId !== actorId))
    throw new Error(`The history of ${actorId} has a gap before ${seq}.`);
  if (/\s/.test(type) || data.includes('\n')) throw new Error(`History record ${seq} of ${actorId} is not one line.`);
}
