CREATE TABLE "store_migrations" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "timestamp" bigint NOT NULL, "name" varchar NOT NULL);
CREATE TABLE actors (
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
  , live_key TEXT) STRICT;
CREATE INDEX actors_by_machine ON actors (machine_id, created_at DESC, actor_id DESC);
CREATE INDEX actors_by_status ON actors (status, created_at DESC, actor_id DESC);
CREATE INDEX actors_with_incident ON actors (created_at DESC, actor_id DESC) WHERE incident = TRUE;
CREATE TABLE tasks (
    actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    task_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    payload TEXT NOT NULL,
    owner_node TEXT,
    deliveries INTEGER NOT NULL,
    PRIMARY KEY (actor_id, task_id)
  ) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_free ON tasks (due_at) WHERE owner_node IS NULL;
CREATE INDEX tasks_held ON tasks (owner_node, due_at) WHERE owner_node IS NOT NULL;
CREATE TABLE history (
    actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (actor_id, seq)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE events (
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
  ) STRICT, WITHOUT ROWID;
CREATE TABLE nodes (node_id TEXT NOT NULL PRIMARY KEY, alive_until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE "incidents" (
    incident_id TEXT NOT NULL PRIMARY KEY,
    actor_id TEXT REFERENCES actors (actor_id) ON DELETE CASCADE,
    subject_id TEXT NOT NULL,
    machine_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    cause TEXT NOT NULL,
    suggested_action TEXT NOT NULL,
    advice TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    resolved_at INTEGER,
    resolution TEXT,
    resolved_by TEXT,
    reason TEXT
  ) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_open ON incidents (opened_at DESC, incident_id DESC) WHERE resolved_at IS NULL;
CREATE INDEX incidents_of_subject ON incidents (subject_id, opened_at DESC);
CREATE INDEX incidents_of_actor ON incidents (actor_id);
CREATE UNIQUE INDEX actors_live ON actors (machine_id, live_key) WHERE live_key IS NOT NULL;
CREATE INDEX actors_by_outcome ON actors (outcome, created_at DESC, actor_id DESC) WHERE outcome IS NOT NULL;
CREATE INDEX actors_ended ON actors (machine_id, completed_at, actor_id) WHERE completed_at IS NOT NULL;
CREATE INDEX actors_broken_off ON actors (created_at DESC, actor_id DESC) WHERE runtime_status IN ('failed', 'terminated');
CREATE TABLE answers (
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
  ) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_expiry ON answers (expires_at);
CREATE INDEX answers_of_actor ON answers (actor_id) WHERE actor_id IS NOT NULL;
CREATE TABLE actor_attributes (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    actor_id TEXT NOT NULL,
    PRIMARY KEY (name, value, created_at, actor_id)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
    message_id TEXT NOT NULL PRIMARY KEY,
    actor_id TEXT NOT NULL,
    type TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    data TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_in_order ON outbox (at, message_id);
CREATE TABLE webhook_endpoints (
    endpoint_id TEXT NOT NULL PRIMARY KEY,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    description TEXT NOT NULL,
    secrets TEXT NOT NULL,
    disabled_reason TEXT,
    disabled_at INTEGER,
    failing_since INTEGER,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
CREATE TABLE webhook_deliveries (
    delivery_id TEXT NOT NULL PRIMARY KEY,
    endpoint_id TEXT NOT NULL REFERENCES webhook_endpoints (endpoint_id) ON DELETE CASCADE,
    event_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    claim TEXT,
    attempts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    next_attempt_at INTEGER,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    last_status INTEGER,
    last_error TEXT,
    UNIQUE (endpoint_id, event_id)
  ) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (endpoint_id, next_attempt_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_listed ON webhook_deliveries (endpoint_id, created_at DESC, delivery_id DESC);
CREATE INDEX webhook_deliveries_aged ON webhook_deliveries (created_at);
CREATE TABLE webhook_attempts (
    delivery_id TEXT NOT NULL REFERENCES webhook_deliveries (delivery_id) ON DELETE CASCADE,
    attempt INTEGER NOT NULL,
    at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    status_code INTEGER,
    error TEXT,
    PRIMARY KEY (delivery_id, attempt)
  ) STRICT, WITHOUT ROWID;
CREATE INDEX actors_changed ON actors (machine_id, updated_at, actor_id);
CREATE TABLE received_webhooks (
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
  ) STRICT;
CREATE INDEX received_webhooks_listed ON received_webhooks (received_at DESC, webhook_id DESC);
CREATE INDEX received_webhooks_of_order ON received_webhooks (order_id, received_at DESC) WHERE order_id IS NOT NULL;
CREATE INDEX received_webhooks_open ON received_webhooks (disposition, received_at DESC) WHERE disposition <> 'accepted';
CREATE INDEX received_webhooks_aged ON received_webhooks (last_received_at);
CREATE INDEX actors_open ON actors (created_at DESC, actor_id DESC, machine_id, runtime_status, status) WHERE runtime_status IN ('running', 'suspended');
CREATE TABLE audit (
    audit_id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    by_whom TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    request TEXT NOT NULL,
    subject TEXT,
    reason TEXT,
    request_id TEXT
  ) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_whom ON audit (by_whom, audit_id);
CREATE INDEX audit_of_subject ON audit (subject, audit_id);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
   BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
   BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TABLE revocations (
  kind TEXT NOT NULL CHECK (kind IN ('key', 'order')),
  subject TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  by_whom TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
INSERT INTO store_migrations (id, timestamp, name) VALUES
  (1, 1764000000000, 'CreateStoreOnSqlite1764000000000'),
  (2, 1764100000000, 'CreateIncidentsOnSqlite1764100000000'),
  (3, 1764200000000, 'WidenIncidentsOnSqlite1764200000000'),
  (4, 1764200400000, 'CreateAnswersOnSqlite1764200400000'),
  (5, 1764200500000, 'CreateWebhooksOnSqlite1764200500000'),
  (6, 1764200600000, 'CreateReceivedWebhooksOnSqlite1764200600000'),
  (7, 1764200800000, 'CoverOpenActorsOnSqlite1764200800000'),
  (8, 1764201000000, 'CreateAuditOnSqlite1764201000000'),
  (9, 1764203000000, 'CreateRevocationsOnSqlite1764203000000');
