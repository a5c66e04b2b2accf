import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `CREATE TABLE revocations (
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('key', 'order')),
  subject text COLLATE "C" NOT NULL,
  revoked_at bigint NOT NULL,
  by_whom text NOT NULL,
  reason text,
  PRIMARY KEY (kind, subject)
)`;

/** Creates the table of revoked keys, and of orders whose tokens were revoked. */
export class CreateRevocationsOnPostgres1764203000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(UP);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE revocations');
  }
}
