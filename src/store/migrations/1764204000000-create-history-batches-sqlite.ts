/**
 * Keeps the history that one commit adds in one row. Rows of the table before it stay where they are: a large file opens
 * at once. The table has a rowid, because SQLite moves longer rows of a table without one to pages of their own.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateHistoryBatchesOnSqlite1764204000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`CREATE TABLE history_batches (
      actor_id TEXT NOT NULL REFERENCES actors (actor_id) ON DELETE CASCADE,
      last_seq INTEGER NOT NULL,
      facts TEXT NOT NULL,
      PRIMARY KEY (actor_id, last_seq)
    ) STRICT`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const [{ batches }] = (await queryRunner.query('SELECT count(*) AS batches FROM history_batches')) as [
      { batches: unknown },
    ];
    if (Number(batches) > 0) throw new Error('history_batches holds history that earlier releases cannot read.');
    await queryRunner.dropTable('history_batches');
  }
}
