import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'incidents_next';
const REST = 'opened_at, resolved_at, resolution, resolved_by, reason';

/** Creates the table again, so that its columns have the same order as on SQLite. */
const UP = [
  `CREATE TABLE ${TABLE} (
    incident_id text COLLATE "C" NOT NULL PRIMARY KEY,
    actor_id text COLLATE "C" REFERENCES actors (actor_id) ON DELETE CASCADE,
    subject_id text COLLATE "C" NOT NULL,
    machine_id text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    cause text NOT NULL,
    suggested_action text NOT NULL,
    advice text NOT NULL,
    opened_at bigint NOT NULL,
    resolved_at bigint,
    resolution text,
    resolved_by text,
    reason text
  )`,
  `INSERT INTO ${TABLE}
    (incident_id, actor_id, subject_id, machine_id, kind, status, cause, suggested_action, advice, ${REST})
  SELECT incident_id, actor_id, actor_id, machine_id, kind, status, cause, 'retry', suggested_action, ${REST}
  FROM incidents`,
  'DROP TABLE incidents',
  `ALTER TABLE ${TABLE} RENAME TO incidents`,
  `ALTER INDEX ${TABLE}_pkey RENAME TO incidents_pkey`,
  'CREATE INDEX incidents_open ON incidents (opened_at DESC, incident_id DESC) WHERE resolved_at IS NULL',
  'CREATE INDEX incidents_of_subject ON incidents (subject_id, opened_at DESC)',
  'CREATE INDEX incidents_of_actor ON incidents (actor_id)',
];

/** Drops incidents about unknown actors, because the old table cannot hold them. */
const DOWN = [
  'DELETE FROM incidents WHERE actor_id IS NULL',
  'DROP INDEX incidents_of_actor',
  'DROP INDEX incidents_of_subject',
  'UPDATE incidents SET suggested_action = advice',
  'ALTER TABLE incidents DROP COLUMN advice, DROP COLUMN subject_id, ALTER COLUMN actor_id SET NOT NULL',
  'CREATE INDEX incidents_of_actor ON incidents (actor_id, opened_at DESC)',
];

/** Adds the advice as a code beside its sentence, and allows incidents about unknown actors. */
export class WidenIncidentsOnPostgres1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}
