import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { HistoryRecord } from '../../durable/store.js';
import { INTEGER } from './integer-column.js';

/** One record each, of earlier releases. What is added now is in `history_batches`. */
@Entity('history')
export class HistoryEntity implements HistoryRecord {
  @PrimaryColumn({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @PrimaryColumn(INTEGER)
  seq!: number;

  @Column(INTEGER)
  revision!: number;

  @Column(INTEGER)
  at!: number;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'text' })
  data!: string;
}
