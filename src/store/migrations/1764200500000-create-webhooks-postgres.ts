import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE outbox (
    message_id text COLLATE "C" NOT NULL PRIMARY KEY,
    actor_id text COLLATE "C" NOT NULL,
    type text NOT NULL,
    revision bigint NOT NULL,
    at bigint NOT NULL,
    data text NOT NULL
  )`,
  'CREATE INDEX outbox_in_order ON outbox (at, message_id)',
  `CREATE TABLE webhook_endpoints (
    endpoint_id text COLLATE "C" NOT NULL PRIMARY KEY,
    url text NOT NULL,
    events text NOT NULL,
    description text NOT NULL,
    secrets text NOT NULL,
    disabled_reason text,
    disabled_at bigint,
    failing_since bigint,
    revision bigint NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
  )`,
  `CREATE TABLE webhook_deliveries (
    delivery_id text COLLATE "C" NOT NULL PRIMARY KEY,
    endpoint_id text COLLATE "C" NOT NULL REFERENCES webhook_endpoints (endpoint_id) ON DELETE CASCADE,
    event_id text COLLATE "C" NOT NULL,
    event_type text NOT NULL,
    body text NOT NULL,
    state text NOT NULL,
    claim text,
    attempts bigint NOT NULL,
    tries bigint NOT NULL,
    next_attempt_at bigint,
    created_at bigint NOT NULL,
    settled_at bigint,
    last_status bigint,
    last_error text,
    UNIQUE (endpoint_id, event_id)
  )`,
  `CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at) WHERE state = 'pending'`,
  'CREATE INDEX webhook_deliveries_listed ON webhook_deliveries (endpoint_id, created_at DESC, delivery_id DESC)',
  'CREATE INDEX webhook_deliveries_aged ON webhook_deliveries (created_at)',
  `CREATE TABLE webhook_attempts (
    delivery_id text COLLATE "C" NOT NULL REFERENCES webhook_deliveries (delivery_id) ON DELETE CASCADE,
    attempt bigint NOT NULL,
    at bigint NOT NULL,
    duration_ms bigint NOT NULL,
    status_code bigint,
    error text,
    PRIMARY KEY (delivery_id, attempt)
  )`,
  // Finds changes after a time. Streams use it to see other nodes' commits and to resume.
  'CREATE INDEX actors_changed ON actors (machine_id, updated_at, actor_id)',
];

export class CreateWebhooksOnPostgres1764200500000 implements MigrationInterface {
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
