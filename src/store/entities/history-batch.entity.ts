import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INTEGER } from './integer-column.js';

/** The history that one commit added. */
@Entity('history_batches')
export class HistoryBatchEntity {
  @PrimaryColumn({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @PrimaryColumn({ ...INTEGER, name: 'last_seq' })
  lastSeq!: number;

  /** See history-batch.ts. */
  @Column({ type: 'text' })
  facts!: string;
}
