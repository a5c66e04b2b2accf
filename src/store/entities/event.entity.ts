import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EventRecord, EventState } from '../../durable/store.js';
import { INTEGER } from './integer-column.js';

@Entity('events')
export class EventEntity implements EventRecord {
  @PrimaryColumn({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column(INTEGER)
  position!: number;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'text' })
  event!: string;

  @Column({ type: 'text' })
  state!: EventState;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;

  @Column({ ...INTEGER, name: 'received_at' })
  receivedAt!: number;

  @Column({ ...INTEGER, name: 'settled_at', nullable: true })
  settledAt!: number | null;
}
