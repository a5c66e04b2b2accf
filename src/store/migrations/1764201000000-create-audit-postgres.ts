import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE audit (
    audit_id text COLLATE "C" NOT NULL PRIMARY KEY,
    at bigint NOT NULL,
    by_whom text COLLATE "C" NOT NULL,
    role text NOT NULL,
    action text COLLATE "C" NOT NULL,
    request text NOT NULL,
    subject text COLLATE "C",
    reason text,
    request_id text
  )`,
  'CREATE INDEX audit_by_whom ON audit (by_whom, audit_id)',
  'CREATE INDEX audit_of_subject ON audit (subject, audit_id)',
  `CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`,
  `CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
   FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`,
];

/** Creates the log of what operators and admins did. A trigger refuses to change an entry. */
export class CreateAuditOnPostgres1764201000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit');
    await queryRunner.query('DROP FUNCTION refuse_audit_change');
  }
}
