import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE audit (
    audit_id TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    by_whom TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    request TEXT NOT NULL,
    subject TEXT,
    reason TEXT,
    request_id TEXT
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX audit_by_whom ON audit (by_whom, audit_id)',
  'CREATE INDEX audit_of_subject ON audit (subject, audit_id)',
  `CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
   BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  `CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
   BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
];

/** Creates the log of what operators and admins did. Triggers refuse to change an entry. */
export class CreateAuditOnSqlite1764201000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of UP) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit');
  }
}
