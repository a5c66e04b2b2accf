import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE incidents (
    incident_id text COLLATE "C" NOT NULL PRIMARY KEY,
    actor_id text COLLATE "C" NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    machine_id text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    cause text NOT NULL,
    suggested_action text NOT NULL,
    opened_at bigint NOT NULL,
    resolved_at bigint,
    resolution text,
    resolved_by text,
    reason text
  )`,
  'CREATE INDEX incidents_open ON incidents (opened_at DESC, incident_id DESC) WHERE resolved_at IS NULL',
  // Every start reads all open actors in pages. Ended actors must add no cost to it.
  `CREATE INDEX actors_open ON actors (created_at DESC, actor_id DESC) WHERE runtime_status IN ('running', 'suspended')`,
  'CREATE INDEX incidents_of_actor ON incidents (actor_id, opened_at DESC)',
];

export class CreateIncidentsOnPostgres1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX actors_open');
    await queryRunner.dropTable('incidents');
  }
}
