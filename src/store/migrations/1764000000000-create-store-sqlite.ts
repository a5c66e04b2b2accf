/**
 * STRICT makes SQLite refuse values that PostgreSQL refuses, such as a fraction for a time. Tables with short rows and
 * composite keys are WITHOUT ROWID, so each is one B-tree. Actors keep their rowid: their rows are long, and an update
 * then rewrites no key. A task is in exactly one of its two partial indexes.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE actors (
    actor_id TEXT NOT NULL PRIMARY KEY,
    machine_id TEXT NOT NULL,
    machine_version TEXT NOT NULL,
    definition_hash TEXT NOT NULL,
    revision INTEGER NOT NULL,
    runtime_status TEXT NOT NULL,
    status TEXT NOT NULL,
    outcome TEXT,
    incident INTEGER NOT NULL,
    waiting_for TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    completed_at INTEGER,
    history_seq INTEGER NOT NULL,
    kept_events INTEGER NOT NULL,
    bookkeeping TEXT NOT NULL,
    snapshot TEXT NOT NULL
  ) STRICT`,
  'CREATE INDEX actors_by_machine ON actors (machine_id, created_at DESC, actor_id DESC)',
  'CREATE INDEX actors_by_status ON actors (status, created_at DESC, actor_id DESC)',
  'CREATE INDEX actors_with_incident ON actors (created_at DESC, actor_id DESC) WHERE incident = TRUE',
  `CREATE TABLE tasks (
    actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    task_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    payload TEXT NOT NULL,
    owner_node TEXT,
    deliveries INTEGER NOT NULL,
    PRIMARY KEY (actor_id, task_id)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX tasks_free ON tasks (due_at) WHERE owner_node IS NULL',
  'CREATE INDEX tasks_held ON tasks (owner_node, due_at) WHERE owner_node IS NOT NULL',
  `CREATE TABLE history (
    actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (actor_id, seq)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE events (
    actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT NOT NULL,
    event TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    received_at INTEGER NOT NULL,
    settled_at INTEGER,
    PRIMARY KEY (actor_id, key)
  ) STRICT, WITHOUT ROWID`,
  'CREATE TABLE nodes (node_id TEXT NOT NULL PRIMARY KEY, alive_until INTEGER NOT NULL) STRICT, WITHOUT ROWID',
];

export class CreateStoreOnSqlite1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['nodes', 'events', 'history', 'tasks', 'actors']) await queryRunner.dropTable(table);
  }
}
