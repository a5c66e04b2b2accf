import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `CREATE TABLE revocations (
  kind TEXT NOT NULL CHECK (kind IN ('key', 'order')),
  subject TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  by_whom TEXT NOT NULL,
  reason TEXT,
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID`;

/** Creates the table of revoked keys, and of orders whose tokens were revoked. */
export class CreateRevocationsOnSqlite1764203000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(UP);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE revocations');
  }
}
