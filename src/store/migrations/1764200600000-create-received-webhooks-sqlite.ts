import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE received_webhooks (
    webhook_id TEXT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    order_id TEXT,
    report TEXT,
    body TEXT NOT NULL,
    disposition TEXT NOT NULL,
    reason TEXT,
    received_at INTEGER NOT NULL,
    last_received_at INTEGER NOT NULL,
    deliveries INTEGER NOT NULL,
    settled_at INTEGER,
    replays TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX received_webhooks_listed ON received_webhooks (received_at DESC, webhook_id DESC)',
  'CREATE INDEX received_webhooks_of_order ON received_webhooks (order_id, received_at DESC) WHERE order_id IS NOT NULL',
  // Finds webhooks that a person may have to check. Nearly all webhooks are accepted and not in this index.
  `CREATE INDEX received_webhooks_open ON received_webhooks (disposition, received_at DESC) WHERE disposition <> 'accepted'`,
  'CREATE INDEX received_webhooks_aged ON received_webhooks (last_received_at)',
];

export class CreateReceivedWebhooksOnSqlite1764200600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('received_webhooks');
  }
}
