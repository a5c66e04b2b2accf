/**
 * SELECT of every history record of a SQLite file, one row each, with SQL of our own: the store's reader is not believed. A
 * line of a batch without a revision and a time begins with the space, and has those of the line before it.
 */
export const HISTORY_ROWS = `
WITH RECURSIVE lines(actor_id, seq, line, rest, revision, at) AS (
  SELECT actor_id, last_seq - (length(facts) - length(replace(facts, char(10), ''))) - 1, NULL, facts || char(10), 0, 0
  FROM history_batches
  UNION ALL
  SELECT actor_id, seq + 1, substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1),
    CASE WHEN substr(rest, 1, 1) = ' ' THEN revision ELSE CAST(rest AS INTEGER) END,
    CASE WHEN substr(rest, 1, 1) = ' ' THEN at ELSE CAST(substr(rest, instr(rest, ' ') + 1) AS INTEGER) END
  FROM lines WHERE rest <> ''
), timed(actor_id, seq, revision, at, line) AS (
  SELECT actor_id, seq, revision, at, substr(line, instr(line, ' ') + 1) FROM lines WHERE line IS NOT NULL AND line LIKE ' %'
  UNION ALL
  SELECT actor_id, seq, revision, at, substr(line, length(revision || ' ' || at || ' ') + 1)
  FROM lines WHERE line IS NOT NULL AND line NOT LIKE ' %'
)
SELECT actor_id, seq, revision, at, substr(line, 1, instr(line, ' ') - 1) AS type, substr(line, instr(line, ' ') + 1) AS data
FROM timed
UNION ALL
SELECT actor_id, seq, revision, at, type, data FROM history`;
