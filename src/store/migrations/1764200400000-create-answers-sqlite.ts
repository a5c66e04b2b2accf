/**
 * Unique keys: at most one open actor may have a given key. Answers: responses to requests with an idempotency key.
 * Attributes: values by which lists find actors. Their table is one B-tree in the order of the lists, and a turn writes
 * to it only when a value changes.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'ALTER TABLE actors ADD COLUMN live_key TEXT',
  'CREATE UNIQUE INDEX actors_live ON actors (machine_id, live_key) WHERE live_key IS NOT NULL',
  'CREATE INDEX actors_by_outcome ON actors (outcome, created_at DESC, actor_id DESC) WHERE outcome IS NOT NULL',
  'CREATE INDEX actors_ended ON actors (machine_id, completed_at, actor_id) WHERE completed_at IS NOT NULL',
  `CREATE INDEX actors_broken_off ON actors (created_at DESC, actor_id DESC) WHERE runtime_status IN ('failed', 'terminated')`,
  `CREATE TABLE answers (
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    owner_node TEXT NOT NULL,
    reserved_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    status INTEGER,
    headers TEXT,
    body TEXT,
    actor_id TEXT REFERENCES actors (actor_id) ON DELETE CASCADE,
    PRIMARY KEY (scope, key)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX answers_by_expiry ON answers (expires_at)',
  'CREATE INDEX answers_of_actor ON answers (actor_id) WHERE actor_id IS NOT NULL',
  `CREATE TABLE actor_attributes (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    PRIMARY KEY (name, value, created_at, actor_id)
  ) STRICT, WITHOUT ROWID`,
  `INSERT INTO actor_attributes (name, value, created_at, actor_id)
  SELECT j.key, j.value, a.created_at, a.actor_id FROM actors a, json_each(a.attributes) j WHERE length(j.value) <= 200`,
];

export class CreateAnswersOnSqlite1764200400000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['actor_attributes', 'answers']) await queryRunner.dropTable(table);
    for (const index of ['actors_broken_off', 'actors_ended', 'actors_by_outcome', 'actors_live'])
      await queryRunner.query(`DROP INDEX ${index}`);
    await queryRunner.query('ALTER TABLE actors DROP COLUMN live_key');
  }
}
