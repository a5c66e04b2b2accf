import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The columns and constraints that stay. SQLite cannot change a column in place, so the table is created again. */
const table = (name: string, columns: readonly string[]): string => `CREATE TABLE ${name} (
    incident_id TEXT NOT NULL PRIMARY KEY,
    ${columns.join(',\n    ')},
    opened_at INTEGER NOT NULL,
    resolved_at INTEGER,
    resolution TEXT,
    resolved_by TEXT,
    reason TEXT
  ) STRICT, WITHOUT ROWID`;

const REST = 'opened_at, resolved_at, resolution, resolved_by, reason';

const UP = [
  table('incidents_next', [
    'actor_id TEXT REFERENCES actors (actor_id) ON DELETE CASCADE',
    'subject_id TEXT NOT NULL',
    'machine_id TEXT NOT NULL',
    'kind TEXT NOT NULL',
    'status TEXT NOT NULL',
    'cause TEXT NOT NULL',
    'suggested_action TEXT NOT NULL',
    'advice TEXT NOT NULL',
  ]),
  `INSERT INTO incidents_next
    (incident_id, actor_id, subject_id, machine_id, kind, status, cause, suggested_action, advice, ${REST})
  SELECT incident_id, actor_id, actor_id, machine_id, kind, status, cause, 'retry', suggested_action, ${REST}
  FROM incidents`,
  'DROP TABLE incidents',
  'ALTER TABLE incidents_next RENAME TO incidents',
  'CREATE INDEX incidents_open ON incidents (opened_at DESC, incident_id DESC) WHERE resolved_at IS NULL',
  'CREATE INDEX incidents_of_subject ON incidents (subject_id, opened_at DESC)',
  'CREATE INDEX incidents_of_actor ON incidents (actor_id)',
];

/** Drops incidents about unknown actors, because the old table cannot hold them. */
const DOWN = [
  table('incidents_before', [
    'actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE',
    'machine_id TEXT NOT NULL',
    'kind TEXT NOT NULL',
    'status TEXT NOT NULL',
    'cause TEXT NOT NULL',
    'suggested_action TEXT NOT NULL',
  ]),
  `INSERT INTO incidents_before
    (incident_id, actor_id, machine_id, kind, status, cause, suggested_action, ${REST})
  SELECT incident_id, actor_id, machine_id, kind, status, cause, advice, ${REST}
  FROM incidents WHERE actor_id IS NOT NULL`,
  'DROP TABLE incidents',
  'ALTER TABLE incidents_before RENAME TO incidents',
  'CREATE INDEX incidents_open ON incidents (opened_at DESC, incident_id DESC) WHERE resolved_at IS NULL',
  'CREATE INDEX incidents_of_actor ON incidents (actor_id, opened_at DESC)',
];

/** Adds the advice as a code beside its sentence, and allows incidents about unknown actors. */
export class WidenIncidentsOnSqlite1764200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await queryRunner.query(statement);
  }
}
