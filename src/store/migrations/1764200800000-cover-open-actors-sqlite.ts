import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPEN = `WHERE runtime_status IN ('running', 'suspended')`;

/** Adds the status to the index of open actors, so that counting them reads only the index. */
export class CoverOpenActorsOnSqlite1764200800000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX actors_open');
    await queryRunner.query(
      `CREATE INDEX actors_open ON actors (created_at DESC, actor_id DESC, machine_id, runtime_status, status) ${OPEN}`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX actors_open');
    await queryRunner.query(`CREATE INDEX actors_open ON actors (created_at DESC, actor_id DESC) ${OPEN}`);
  }
}
