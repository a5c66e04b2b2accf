import type { HistoryRecord } from '../../../durable/store.js';
import { registerCases } from '../../../../test/support/register-cases.js';
import type { Row, RunStatement } from '../../database/database.port.js';
import { HISTORY_BATCHES_AFTER, HISTORY_ROWS_AFTER } from '../read-statements.js';
import { type HistoryBatch, packHistory } from './history-batch.js';
import { findHistory } from './history-query.js';

const RECORDS = 6;
/** How a record is stored: in a row of its own, at the end of the batch before it, or as the first of a batch. */
const PLACES = ['row', 'same batch', 'next batch'] as const;

function packed(records: readonly HistoryRecord[]): readonly HistoryBatch[] {
  const batch = packHistory(records);
  return batch === null ? [] : [batch];
}

/** Both tables, filled as releases before and after the batches would have filled them, in any order. */
class HistoryTables {
  readonly asked: string[] = [];
  private readonly rows: HistoryRecord[] = [];
  private readonly batches: HistoryRecord[][] = [];

  constructor(records: readonly HistoryRecord[], places: readonly (typeof PLACES)[number][]) {
    records.forEach((record, n) => {
      if (places[n] === 'row') this.rows.push(record);
      else if (places[n] === 'same batch' && this.batches.at(-1)?.at(-1)?.seq === record.seq - 1)
        this.batches.at(-1)?.push(record);
      else this.batches.push([record]);
    });
  }

  readonly read: RunStatement = (sql, [actorId, after, limit]) => {
    this.asked.push(sql === HISTORY_ROWS_AFTER ? 'rows' : 'batches');
    if (sql !== HISTORY_ROWS_AFTER && sql !== HISTORY_BATCHES_AFTER) throw new Error(`What is ${sql}?`);
    const stored: readonly object[] = sql === HISTORY_ROWS_AFTER ? this.rows : this.batches.flatMap(packed);
    const last = (each: object): number => ('lastSeq' in each ? Number(each.lastSeq) : (each as HistoryRecord).seq);
    const page = stored.filter((each) => last(each) > Number(after)).slice(0, Number(limit));
    return Promise.resolve(actorId === 'a' ? page.map((each): Row => ({ ...each })) : []);
  };
}

function* layouts(length: number): Generator<(typeof PLACES)[number][]> {
  if (length === 0) yield [];
  else for (const rest of layouts(length - 1)) for (const place of PLACES) yield [...rest, place];
}

describe('Reading a history of rows and batches (G8)', () => {
  const records = Array.from({ length: RECORDS }, (_, n): HistoryRecord => ({
    actorId: 'a',
    seq: n + 1,
    revision: n + 1,
    at: n,
    type: n % 3 === 0 ? 'timer.set' : 'state.changed',
    data: `{"n":${n}}`,
  }));
  const requests = [0, 1, 3, RECORDS].flatMap((afterSeq) =>
    [1, 2, 100].flatMap((limit) =>
      [undefined, ['timer.set'], []].map((types) => ({ actorId: 'a', afterSeq, limit, types })),
    ),
  );

  it('finds the same records in order, wherever each is stored', async () => {
    let cases = 0;
    for (const places of layouts(RECORDS)) {
      const { read } = new HistoryTables(records, places);
      for (const request of requests) {
        const { afterSeq, limit, types } = request;
        const expected = records.filter(({ seq, type }) => seq > afterSeq && (types?.includes(type) ?? true));
        expect({ places, request, found: await findHistory(read, request) }).toStrictEqual({
          places,
          request,
          found: expected.slice(0, limit),
        });
        cases += 1;
      }
    }
    registerCases(26_244, cases);
  });

  it('reads no single rows where there are batches', async () => {
    const tables = new HistoryTables(records, ['next batch', ...Array<'same batch'>(RECORDS - 1).fill('same batch')]);
    await findHistory(tables.read, { actorId: 'a', afterSeq: 2, limit: 2 });
    expect(tables.asked).toEqual(['batches']);
  });

  it('gives nothing of another actor', async () => {
    const { read } = new HistoryTables(records, []);
    expect(await findHistory(read, { actorId: 'b', afterSeq: 0, limit: 9 })).toEqual([]);
  });
});
