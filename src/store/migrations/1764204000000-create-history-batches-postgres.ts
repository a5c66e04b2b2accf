/**
 * Keeps the history that one commit adds in one row. Rows of the table before it stay where they are: a large database
 * opens at once.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHistoryBatchesOnPostgres1764204000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE history_batches (
      actor_id text COLLATE "C" NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
      last_seq bigint NOT NULL,
      facts text NOT NULL,
      PRIMARY KEY (actor_id, last_seq)
    )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const [{ batches }] = (await queryRunner.query('SELECT count(*) AS batches FROM history_batches')) as [
      { batches: unknown },
    ];
    if (Number(batches) > 0) throw new Error('history_batches holds history that earlier releases cannot read.');
    await queryRunner.dropTable('history_batches');
  }
}
