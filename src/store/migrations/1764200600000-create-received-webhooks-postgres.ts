import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE received_webhooks (
    webhook_id text COLLATE "C" NOT NULL PRIMARY KEY,
    source text NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    order_id text,
    report text,
    body text NOT NULL,
    disposition text NOT NULL,
    reason text,
    received_at bigint NOT NULL,
    last_received_at bigint NOT NULL,
    deliveries bigint NOT NULL,
    settled_at bigint,
    replays text NOT NULL
  )`,
  'CREATE INDEX received_webhooks_listed ON received_webhooks (received_at DESC, webhook_id DESC)',
  'CREATE INDEX received_webhooks_of_order ON received_webhooks (order_id, received_at DESC) WHERE order_id IS NOT NULL',
  // Finds webhooks that a person may have to check. Nearly all webhooks are accepted and not in this index.
  `CREATE INDEX received_webhooks_open ON received_webhooks (disposition, received_at DESC) WHERE disposition <> 'accepted'`,
  'CREATE INDEX received_webhooks_aged ON received_webhooks (last_received_at)',
];

export class CreateReceivedWebhooksOnPostgres1764200600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('received_webhooks');
  }
}
