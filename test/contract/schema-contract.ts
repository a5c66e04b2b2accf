import type { DataSource } from 'typeorm';
import { STORE_ENTITIES } from '../../src/store/entities/index.js';
import * as columns from '../../src/store/durable/columns.js';
import type { Column } from '../../src/store/durable/columns.js';

const STATEMENT_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  actors: columns.ACTOR_COLUMNS,
  actor_attributes: columns.ATTRIBUTE_COLUMNS,
  answers: columns.ANSWER_COLUMNS,
  tasks: columns.TASK_COLUMNS,
  history: columns.HISTORY_ROW_COLUMNS,
  history_batches: columns.HISTORY_BATCH_COLUMNS,
  events: columns.EVENT_COLUMNS,
  incidents: columns.INCIDENT_COLUMNS,
  nodes: [
    { name: 'node_id', field: 'nodeId', type: 'text' },
    { name: 'alive_until', field: 'aliveUntil', type: 'bigint' },
  ],
};

/** Migrations and entities each name the columns; they must not drift apart. Statements take theirs from the entities. */
export function describeSchema(open: () => Promise<DataSource>): void {
  it('tables, entities and statements have the same columns, keys and nulls', async () => {
    const dataSource = await open();
    const queryRunner = dataSource.createQueryRunner();
    for (const entity of STORE_ENTITIES) {
      const metadata = dataSource.getMetadata(entity);
      const table = await queryRunner.getTable(metadata.tableName);
      const described = metadata.columns.map(({ databaseName, isPrimary, isNullable }) => ({
        databaseName,
        isPrimary,
        isNullable,
      }));
      const created = table!.columns.map(({ name, isPrimary, isNullable }) => ({
        databaseName: name,
        isPrimary,
        isNullable,
      }));
      expect(created).toEqual(described);
      const stated = STATEMENT_COLUMNS[metadata.tableName]!;
      expect(metadata.columns.map(({ databaseName, propertyName }) => [databaseName, propertyName])).toEqual(
        stated.map(({ name, field }) => [name, field]),
      );
    }
    await queryRunner.release();
  });

  it('deleting an actor deletes its tasks, history, events and incidents', async () => {
    const dataSource = await open();
    const queryRunner = dataSource.createQueryRunner();
    for (const name of ['tasks', 'history', 'history_batches', 'events', 'incidents']) {
      const table = await queryRunner.getTable(name);
      expect(table!.foreignKeys).toMatchObject([
        { columnNames: ['actor_id'], referencedTableName: 'actors', onDelete: 'CASCADE' },
      ]);
    }
    await queryRunner.release();
  });
}
