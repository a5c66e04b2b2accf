import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INTEGER } from './integer-column.js';

/** One row per process that works on this database; its tasks are free once the row is gone. */
@Entity('nodes')
export class NodeEntity {
  @PrimaryColumn({ name: 'node_id', type: 'text' })
  nodeId!: string;

  @Column({ ...INTEGER, name: 'alive_until' })
  aliveUntil!: number;
}
