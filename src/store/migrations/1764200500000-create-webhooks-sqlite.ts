import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE outbox (
    message_id TEXT NOT NULL PRIMARY KEY,
    actor_id TEXT NOT NULL,
    type TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    data TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX outbox_in_order ON outbox (at, message_id)',
  `CREATE TABLE webhook_endpoints (
    endpoint_id TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    description TEXT NOT NULL,
    secrets TEXT NOT NULL,
    disabled_reason TEXT,
    disabled_at INTEGER,
    failing_since INTEGER,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE webhook_deliveries (
    delivery_id TEXT NOT NULL PRIMARY KEY,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (endpoint_id) ON DELETE CASCADE,
    event_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    claim TEXT,
    attempts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    next_attempt_at INTEGER,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    last_status INTEGER,
    last_error TEXT,
    UNIQUE (endpoint_id, event_id)
  ) STRICT`,
  `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at) WHERE state = 'pending'`,
  'CREATE INDEX webhook_deliveries_listed ON webhook_deliveries (endpoint_id, created_at DESC, delivery_id DESC)',
  'CREATE INDEX webhook_deliveries_aged ON webhook_deliveries (created_at)',
  `CREATE TABLE webhook_attempts (
    delivery_id TEXT NOT NULL REFERENCES webhook_deliveries (delivery_id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,
    at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    status_code INTEGER,
    error TEXT,
    PRIMARY KEY (delivery_id, attempt)
  ) STRICT, WITHOUT ROWID`,
  // Finds changes after a time. Streams use it to see other nodes' commits and to resume.
  'CREATE INDEX actors_changed ON actors (machine_id, updated_at, actor_id)',
];

export class CreateWebhooksOnSqlite1764200500000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX actors_changed');
    for (const table of ['webhook_attempts', 'webhook_deliveries', 'webhook_endpoints', 'outbox']) {
      await queryRunner.dropTable(table);
    }
  }
}
