/**
 * JSON is stored as text, because jsonb does not keep every byte. Ids are COLLATE "C", so that pages are in the same
 * order as on SQLite. The pages of actors keep free space, so that most updates change no index (HOT). A task is in
 * exactly one of its two partial indexes.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE actors (
    actor_id text COLLATE "C" NOT NULL PRIMARY KEY,
    machine_id text COLLATE "C" NOT NULL,
    machine_version text NOT NULL,
    definition_hash text NOT NULL,
    revision bigint NOT NULL,
    runtime_status text NOT NULL,
    status text COLLATE "C" NOT NULL,
    outcome text,
    incident boolean NOT NULL,
    waiting_for text NOT NULL,
    attributes text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    completed_at bigint,
    history_seq bigint NOT NULL,
    kept_events bigint NOT NULL,
    bookkeeping text NOT NULL,
    snapshot text NOT NULL
  ) WITH (fillfactor = 80)`,
  'CREATE INDEX actors_by_machine ON actors (machine_id, created_at DESC, actor_id DESC)',
  'CREATE INDEX actors_by_status ON actors (status, created_at DESC, actor_id DESC)',
  'CREATE INDEX actors_with_incident ON actors (created_at DESC, actor_id DESC) WHERE incident = TRUE',
  `CREATE TABLE tasks (
    actor_id text COLLATE "C" NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    task_id text COLLATE "C" NOT NULL,
    kind text NOT NULL,
    due_at bigint NOT NULL,
    payload text NOT NULL,
    owner_node text COLLATE "C",
    deliveries bigint NOT NULL,
    PRIMARY KEY (actor_id, task_id)
  )`,
  'CREATE INDEX tasks_free ON tasks (due_at) WHERE owner_node IS NULL',
  'CREATE INDEX tasks_held ON tasks (owner_node, due_at) WHERE owner_node IS NOT NULL',
  `CREATE TABLE history (
    actor_id text COLLATE "C" NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    seq bigint NOT NULL,
    revision bigint NOT NULL,
    at bigint NOT NULL,
    type text NOT NULL,
    data text NOT NULL,
    PRIMARY KEY (actor_id, seq)
  )`,
  `CREATE TABLE events (
    actor_id text COLLATE "C" NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    key text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    type text NOT NULL,
    event text NOT NULL,
    state text NOT NULL,
    reason text,
    received_at bigint NOT NULL,
    settled_at bigint,
    PRIMARY KEY (actor_id, key)
  )`,
  'CREATE TABLE nodes (node_id text COLLATE "C" NOT NULL PRIMARY KEY, alive_until bigint NOT NULL)',
];

export class CreateStoreOnPostgres1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of ['nodes', 'events', 'history', 'tasks', 'actors']) await queryRunner.dropTable(table);
  }
}
