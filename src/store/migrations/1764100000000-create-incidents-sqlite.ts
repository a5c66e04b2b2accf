import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE incidents (
    incident_id TEXT NOT NULL PRIMARY KEY,
    actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    machine_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    cause TEXT NOT NULL,
    suggested_action TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    resolved_at INTEGER,
    resolution TEXT,
    resolved_by TEXT,
    reason TEXT
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX incidents_open ON incidents (opened_at DESC, incident_id DESC) WHERE resolved_at IS NULL',
  // Every start reads all open actors in pages. Ended actors must add no cost to it.
  `CREATE INDEX actors_open ON actors (created_at DESC, actor_id DESC) WHERE runtime_status IN ('running', 'suspended')`,
  'CREATE INDEX incidents_of_actor ON incidents (actor_id, opened_at DESC)',
];

export class CreateIncidentsOnSqlite1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX actors_open');
    await queryRunner.dropTable('incidents');
  }
}
