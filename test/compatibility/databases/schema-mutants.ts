/** What a careless change of the oldest recorded schema does to its rows, and where the comparison has to find it. */
export interface SchemaMutant {
  readonly does: string;
  readonly statement: string;
  readonly found: RegExp;
}

const LONGEST = '(SELECT actor_id FROM history ORDER BY seq DESC, actor_id LIMIT 1)';

export const SCHEMA_MUTANTS: readonly SchemaMutant[] = [
  {
    does: 'loses a row of a history',
    statement: `DELETE FROM history WHERE actor_id = ${LONGEST} AND seq = 5`,
    found: /^histories\..+: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'loses the last row of a history',
    statement: `DELETE FROM history WHERE actor_id = ${LONGEST} AND seq = (SELECT max(seq) FROM history)`,
    found: /^histories\..+: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'loses the history of an order',
    statement: `DELETE FROM history WHERE actor_id = ${LONGEST}`,
    found: /^histories\..+: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'stops between taking the histories away and bringing them back',
    statement: 'CREATE TABLE history_next AS SELECT * FROM history; DELETE FROM history',
    found: /^histories\..+: \d+ were recorded, 0 are there$/,
  },
  {
    does: 'swaps two rows of a history',
    statement: `UPDATE history SET seq = -seq WHERE actor_id = ${LONGEST} AND seq IN (5, 6);
      UPDATE history SET seq = 11 + seq WHERE actor_id = ${LONGEST} AND seq < 0`,
    found: /^histories\..+\[4\]\.data: /,
  },
  {
    does: 'writes the JSON of a history in another form',
    statement: `UPDATE history SET data = replace(data, '":', '": ') WHERE actor_id = ${LONGEST} AND seq = 5`,
    found: /^histories\..+\[4\]\.data: /,
  },
  {
    does: 'gives the rows of a turn to another turn',
    statement: `UPDATE history SET revision = revision + 1 WHERE actor_id = ${LONGEST} AND seq = 5`,
    found: /^histories\..+\[4\]\.revision: /,
  },
  {
    does: 'rounds the times of a history to seconds',
    statement: `UPDATE history SET at = at / 1000 * 1000 WHERE actor_id = ${LONGEST}`,
    found: /^histories\..+\[0\]\.at: /,
  },
  {
    does: 'changes a snapshot',
    statement: `UPDATE actors SET snapshot = snapshot || ' ' WHERE actor_id = ${LONGEST}`,
    found: /^records\..+\.snapshot: /,
  },
  {
    does: 'forgets for which cart an order is open',
    statement: 'UPDATE actors SET live_key = NULL',
    found: /^records\..+\.uniqueKey: /,
  },
  {
    does: 'loses a value by which lists find orders',
    statement: `DELETE FROM actor_attributes WHERE name = 'correlationId'`,
    found: /^lists\.byAttribute\.correlationId=.+: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'loses a deadline',
    statement: `DELETE FROM tasks WHERE kind = 'timer'`,
    found: /^tasks\..+: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'frees the task of a process that died',
    statement: 'UPDATE tasks SET owner_node = NULL',
    found: /^tasks\..+\.ownerNode: /,
  },
  {
    does: 'forgets the order of kept events',
    statement: `UPDATE events SET position = 1 WHERE state = 'kept'`,
    found: /^events\[\d+\]\.position: /,
  },
  {
    does: 'loses an incident',
    statement: 'DELETE FROM incidents WHERE actor_id IS NULL',
    found: /^incidents: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'opens an incident again',
    statement: 'UPDATE incidents SET resolved_at = NULL',
    found: /^incidents\[\d\]\.resolvedAt: /,
  },
  {
    does: 'loses the response to a request',
    statement: `UPDATE answers SET body = '' WHERE status IS NOT NULL`,
    found: /^answered\./,
  },
  { does: 'loses the outbox', statement: 'DELETE FROM outbox', found: /^outbox: \d+ were recorded, \d+ are there$/ },
  {
    does: 'loses attempts of webhooks',
    statement: 'DELETE FROM webhook_attempts',
    found: /^attempts\..+: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'loses received webhooks',
    statement: `DELETE FROM received_webhooks WHERE disposition = 'noted'`,
    found: /^receivedWebhooks: \d+ were recorded, \d+ are there$/,
  },
  {
    does: 'loses a revocation',
    statement: 'DELETE FROM revocations',
    found: /^revokedKeys: \d+ were recorded, \d+ are there$/,
  },
];
