import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `WHERE runtime_status IN ('running', 'suspended')`;

/**
 * The index of open actors also says where they stand, so that counting them reads no actor. A turn that changes the status
 * has no heap-only update anyway: the status is in an index of its own.
 */
export class CoverOpenActorsOnPostgres1764200800000 implements MigrationInterface {
  /** CREATE INDEX CONCURRENTLY, which lets a large table be written meanwhile, runs in no transaction. */
  readonly transaction = false;

  /** Run again after it was cut short, it ends the same: what is left of an index that was not finished is dropped. */
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX CONCURRENTLY IF EXISTS actors_open_next');
    await queryRunner.query(
      `CREATE INDEX CONCURRENTLY actors_open_next ON actors (created_at DESC, actor_id DESC)
       INCLUDE (machine_id, runtime_status, status) ${OPEN}`,
    );
    await queryRunner.query('DROP INDEX CONCURRENTLY IF EXISTS actors_open');
    await queryRunner.query('ALTER INDEX actors_open_next RENAME TO actors_open');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX actors_open');
    await queryRunner.query(`CREATE INDEX actors_open ON actors (created_at DESC, actor_id DESC) ${OPEN}`);
  }
}
