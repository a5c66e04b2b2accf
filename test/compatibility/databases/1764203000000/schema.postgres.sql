CREATE SEQUENCE store_migrations_id_seq AS integer;
CREATE TABLE store_migrations (
  id integer NOT NULL DEFAULT nextval('store_migrations_id_seq'::regclass),
  "timestamp" bigint NOT NULL,
  name character varying NOT NULL
);
CREATE TABLE actors (
  actor_id text COLLATE "C" NOT NULL,
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
  snapshot text NOT NULL,
  live_key text COLLATE "C"
) WITH (fillfactor=80);
CREATE TABLE tasks (
  actor_id text COLLATE "C" NOT NULL,
  task_id text COLLATE "C" NOT NULL,
  kind text NOT NULL,
  due_at bigint NOT NULL,
  payload text NOT NULL,
  owner_node text COLLATE "C",
  deliveries bigint NOT NULL
);
CREATE TABLE history (
  actor_id text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  revision bigint NOT NULL,
  at bigint NOT NULL,
  type text NOT NULL,
  data text NOT NULL
);
CREATE TABLE events (
  actor_id text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  "position" bigint NOT NULL,
  type text NOT NULL,
  event text NOT NULL,
  state text NOT NULL,
  reason text,
  received_at bigint NOT NULL,
  settled_at bigint
);
CREATE TABLE nodes (
  node_id text COLLATE "C" NOT NULL,
  alive_until bigint NOT NULL
);
CREATE TABLE incidents (
  incident_id text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C",
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
);
CREATE TABLE answers (
  scope text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint text NOT NULL,
  owner_node text COLLATE "C" NOT NULL,
  reserved_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  status bigint,
  headers text,
  body text,
  actor_id text COLLATE "C"
);
CREATE TABLE actor_attributes (
  name text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  actor_id text COLLATE "C" NOT NULL
);
CREATE TABLE outbox (
  message_id text COLLATE "C" NOT NULL,
  actor_id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  revision bigint NOT NULL,
  at bigint NOT NULL,
  data text NOT NULL
);
CREATE TABLE webhook_endpoints (
  endpoint_id text COLLATE "C" NOT NULL,
  url text NOT NULL,
  events text NOT NULL,
  description text NOT NULL,
  secrets text NOT NULL,
  disabled_reason text,
  disabled_at bigint,
  failing_since bigint,
  revision bigint NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL
);
CREATE TABLE webhook_deliveries (
  delivery_id text COLLATE "C" NOT NULL,
  endpoint_id text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  event_type text NOT NULL,
  body text NOT NULL,
  state text NOT NULL,
  claim text,
  attempts bigint NOT NULL,
  tries bigint NOT NULL,
  next_attempt_at bigint,
  created_at bigint NOT NULL,
  settled_at bigint,
  last_status bigint,
  last_error text
);
CREATE TABLE webhook_attempts (
  delivery_id text COLLATE "C" NOT NULL,
  attempt bigint NOT NULL,
  at bigint NOT NULL,
  duration_ms bigint NOT NULL,
  status_code bigint,
  error text
);
CREATE TABLE received_webhooks (
  webhook_id text COLLATE "C" NOT NULL,
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
);
CREATE TABLE audit (
  audit_id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  by_whom text COLLATE "C" NOT NULL,
  role text NOT NULL,
  action text COLLATE "C" NOT NULL,
  request text NOT NULL,
  subject text COLLATE "C",
  reason text,
  request_id text
);
CREATE TABLE revocations (
  kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  revoked_at bigint NOT NULL,
  by_whom text NOT NULL,
  reason text
);
ALTER SEQUENCE store_migrations_id_seq OWNED BY store_migrations.id;
ALTER TABLE store_migrations ADD CONSTRAINT "PK_efa048591298aa35bb9cb7d8e00" PRIMARY KEY (id);
ALTER TABLE actors ADD CONSTRAINT actors_pkey PRIMARY KEY (actor_id);
ALTER TABLE tasks ADD CONSTRAINT tasks_pkey PRIMARY KEY (actor_id, task_id);
ALTER TABLE history ADD CONSTRAINT history_pkey PRIMARY KEY (actor_id, seq);
ALTER TABLE events ADD CONSTRAINT events_pkey PRIMARY KEY (actor_id, key);
ALTER TABLE nodes ADD CONSTRAINT nodes_pkey PRIMARY KEY (node_id);
ALTER TABLE incidents ADD CONSTRAINT incidents_pkey PRIMARY KEY (incident_id);
ALTER TABLE answers ADD CONSTRAINT answers_pkey PRIMARY KEY (scope, key);
ALTER TABLE actor_attributes ADD CONSTRAINT actor_attributes_pkey PRIMARY KEY (name, value, created_at, actor_id);
ALTER TABLE outbox ADD CONSTRAINT outbox_pkey PRIMARY KEY (message_id);
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (endpoint_id);
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_endpoint_id_event_id_key UNIQUE (endpoint_id, event_id);
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (delivery_id);
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_pkey PRIMARY KEY (delivery_id, attempt);
ALTER TABLE received_webhooks ADD CONSTRAINT received_webhooks_pkey PRIMARY KEY (webhook_id);
ALTER TABLE audit ADD CONSTRAINT audit_pkey PRIMARY KEY (audit_id);
ALTER TABLE revocations ADD CONSTRAINT revocations_kind_check CHECK ((kind = ANY (ARRAY['key'::text, 'order'::text])));
ALTER TABLE revocations ADD CONSTRAINT revocations_pkey PRIMARY KEY (kind, subject);
ALTER TABLE tasks ADD CONSTRAINT tasks_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES actors(actor_id) ON DELETE CASCADE;
ALTER TABLE history ADD CONSTRAINT history_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES actors(actor_id) ON DELETE CASCADE;
ALTER TABLE events ADD CONSTRAINT events_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES actors(actor_id) ON DELETE CASCADE;
ALTER TABLE incidents ADD CONSTRAINT incidents_next_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES actors(actor_id) ON DELETE CASCADE;
ALTER TABLE answers ADD CONSTRAINT answers_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES actors(actor_id) ON DELETE CASCADE;
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints(endpoint_id) ON DELETE CASCADE;
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES webhook_deliveries(delivery_id) ON DELETE CASCADE;
CREATE INDEX actors_broken_off ON public.actors USING btree (created_at DESC, actor_id DESC) WHERE (runtime_status = ANY (ARRAY['failed'::text, 'terminated'::text]));
CREATE INDEX actors_by_machine ON public.actors USING btree (machine_id, created_at DESC, actor_id DESC);
CREATE INDEX actors_by_outcome ON public.actors USING btree (outcome, created_at DESC, actor_id DESC) WHERE (outcome IS NOT NULL);
CREATE INDEX actors_by_status ON public.actors USING btree (status, created_at DESC, actor_id DESC);
CREATE INDEX actors_changed ON public.actors USING btree (machine_id, updated_at, actor_id);
CREATE INDEX actors_ended ON public.actors USING btree (machine_id, completed_at, actor_id) WHERE (completed_at IS NOT NULL);
CREATE UNIQUE INDEX actors_live ON public.actors USING btree (machine_id, live_key) WHERE (live_key IS NOT NULL);
CREATE INDEX actors_open ON public.actors USING btree (created_at DESC, actor_id DESC) INCLUDE (machine_id, runtime_status, status) WHERE (runtime_status = ANY (ARRAY['running'::text, 'suspended'::text]));
CREATE INDEX actors_with_incident ON public.actors USING btree (created_at DESC, actor_id DESC) WHERE (incident = true);
CREATE INDEX tasks_free ON public.tasks USING btree (due_at) WHERE (owner_node IS NULL);
CREATE INDEX tasks_held ON public.tasks USING btree (owner_node, due_at) WHERE (owner_node IS NOT NULL);
CREATE INDEX incidents_of_actor ON public.incidents USING btree (actor_id);
CREATE INDEX incidents_of_subject ON public.incidents USING btree (subject_id, opened_at DESC);
CREATE INDEX incidents_open ON public.incidents USING btree (opened_at DESC, incident_id DESC) WHERE (resolved_at IS NULL);
CREATE INDEX answers_by_expiry ON public.answers USING btree (expires_at);
CREATE INDEX answers_of_actor ON public.answers USING btree (actor_id) WHERE (actor_id IS NOT NULL);
CREATE INDEX outbox_in_order ON public.outbox USING btree (at, message_id);
CREATE INDEX webhook_deliveries_aged ON public.webhook_deliveries USING btree (created_at);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (endpoint_id, next_attempt_at) WHERE (state = 'pending'::text);
CREATE INDEX webhook_deliveries_listed ON public.webhook_deliveries USING btree (endpoint_id, created_at DESC, delivery_id DESC);
CREATE INDEX received_webhooks_aged ON public.received_webhooks USING btree (last_received_at);
CREATE INDEX received_webhooks_listed ON public.received_webhooks USING btree (received_at DESC, webhook_id DESC);
CREATE INDEX received_webhooks_of_order ON public.received_webhooks USING btree (order_id, received_at DESC) WHERE (order_id IS NOT NULL);
CREATE INDEX received_webhooks_open ON public.received_webhooks USING btree (disposition, received_at DESC) WHERE (disposition <> 'accepted'::text);
CREATE INDEX audit_by_whom ON public.audit USING btree (by_whom, audit_id);
CREATE INDEX audit_of_subject ON public.audit USING btree (subject, audit_id);
CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
   BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $function$;
CREATE TRIGGER audit_is_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
INSERT INTO store_migrations (id, timestamp, name) VALUES
  (1, 1764000000000, 'CreateStoreOnPostgres1764000000000'),
  (2, 1764100000000, 'CreateIncidentsOnPostgres1764100000000'),
  (3, 1764200000000, 'WidenIncidentsOnPostgres1764200000000'),
  (4, 1764200400000, 'CreateAnswersOnPostgres1764200400000'),
  (5, 1764200500000, 'CreateWebhooksOnPostgres1764200500000'),
  (6, 1764200600000, 'CreateReceivedWebhooksOnPostgres1764200600000'),
  (7, 1764200800000, 'CoverOpenActorsOnPostgres1764200800000'),
  (8, 1764201000000, 'CreateAuditOnPostgres1764201000000'),
  (9, 1764203000000, 'CreateRevocationsOnPostgres1764203000000');
SELECT setval('store_migrations_id_seq', (SELECT max(id) FROM store_migrations));
