import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = [
  `CREATE TABLE products (
    id text PRIMARY KEY NOT NULL,
    name text NOT NULL,
    unit_price integer NOT NULL,
    currency text NOT NULL,
    available integer NOT NULL,
    CONSTRAINT products_available CHECK (available >= 0)
  )`,
  `CREATE TABLE users (id text PRIMARY KEY NOT NULL, email text NOT NULL, address text NOT NULL)`,
  `CREATE TABLE carts (id text PRIMARY KEY NOT NULL)`,
  `CREATE TABLE cart_lines (
    cart_id text NOT NULL REFERENCES carts (id),
    product_id text NOT NULL REFERENCES products (id),
    count integer NOT NULL CHECK (count > 0),
    PRIMARY KEY (cart_id, product_id)
  )`,
  `CREATE TABLE reservations (
    id text PRIMARY KEY NOT NULL,
    order_id text NOT NULL,
    state text NOT NULL CHECK (state IN ('held', 'consumed', 'released', 'expired')),
    reserved text NOT NULL,
    not_reserved text NOT NULL,
    expires_at integer NOT NULL
  )`,
  `CREATE INDEX reservations_due ON reservations (state, expires_at)`,
  `CREATE TABLE payments (
    id text PRIMARY KEY NOT NULL,
    order_id text NOT NULL,
    status text NOT NULL CHECK (status IN ('pending', 'captured', 'rejected', 'voided', 'refunded')),
    amount integer NOT NULL,
    currency text NOT NULL,
    refunded integer NOT NULL CHECK (refunded BETWEEN 0 AND amount),
    callback_url text NOT NULL,
    correlation_id text NOT NULL
  )`,
  `CREATE INDEX payments_order ON payments (order_id)`,
  `CREATE TABLE refunds (
    id text PRIMARY KEY NOT NULL,
    payment_id text NOT NULL REFERENCES payments (id),
    amount integer NOT NULL CHECK (amount > 0),
    reason text NOT NULL
  )`,
  `CREATE TABLE payment_settings (scope text PRIMARY KEY NOT NULL, auto_pay text NOT NULL)`,
  `CREATE TABLE callbacks (
    id text PRIMARY KEY NOT NULL,
    payment_id text NOT NULL REFERENCES payments (id),
    order_id text NOT NULL,
    url text NOT NULL,
    body text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'gone', 'exhausted')),
    attempts integer NOT NULL,
    next_attempt_at integer NOT NULL,
    last_status integer,
    last_error text
  )`,
  `CREATE INDEX callbacks_due ON callbacks (state, next_attempt_at)`,
  `CREATE TABLE shipments (
    id text PRIMARY KEY NOT NULL,
    order_id text NOT NULL,
    reservation_id text NOT NULL,
    tracking_number text NOT NULL,
    items text NOT NULL,
    address text NOT NULL
  )`,
  `CREATE TABLE answered_requests (
    id text PRIMARY KEY NOT NULL,
    "key" text NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    fingerprint text NOT NULL,
    status integer NOT NULL,
    body text NOT NULL
  )`,
  `CREATE UNIQUE INDEX answered_requests_key ON answered_requests ("key", method, path)`,
  `CREATE TABLE ledger (
    entry_id integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    ledger text NOT NULL,
    order_id text NOT NULL,
    kind text NOT NULL,
    reference text NOT NULL,
    amount integer,
    currency text,
    quantity integer,
    time integer NOT NULL,
    idempotency_key text,
    request_id text REFERENCES answered_requests (id) DEFERRABLE INITIALLY DEFERRED,
    times_asked integer NOT NULL
  )`,
  `CREATE INDEX ledger_order ON ledger (ledger, order_id)`,
  `CREATE INDEX ledger_request ON ledger (request_id)`,
  `CREATE TABLE faults (position integer PRIMARY KEY NOT NULL, plan text NOT NULL, remaining integer)`,
];
const NAMES = [
  'faults',
  'ledger',
  'answered_requests',
  'shipments',
  'callbacks',
  'payment_settings',
  'refunds',
  'payments',
  'reservations',
  'cart_lines',
  'carts',
  'users',
  'products',
];

export class Initial1760000000000 implements MigrationInterface {
  readonly name = 'Initial1760000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const name of NAMES) await queryRunner.query(`DROP TABLE ${name}`);
  }
}
