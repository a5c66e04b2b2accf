import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INTEGER } from './integer-column.js';

/** One row for each process on this database. A process without a row loses its tasks to other processes. */
@Entity('nodes')
export class NodeEntity {
  @PrimaryColumn({ name: 'node_id', type: 'text' })
  nodeId!: string;

  @Column({ ...INTEGER, name: 'alive_until' })
  aliveUntil!: number;
}
