import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ActorRecord, RuntimeStatus } from '../../durable/store.js';
import { INTEGER } from './integer-column.js';

@Entity('actors')
export class ActorEntity implements ActorRecord {
  @PrimaryColumn({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @Column({ name: 'machine_id', type: 'text' })
  machineId!: string;

  @Column({ name: 'machine_version', type: 'text' })
  machineVersion!: string;

  @Column({ name: 'definition_hash', type: 'text' })
  definitionHash!: string;

  @Column(INTEGER)
  revision!: number;

  @Column({ name: 'runtime_status', type: 'text' })
  runtimeStatus!: RuntimeStatus;

  @Column({ type: 'text' })
  status!: string;

  @Column({ type: 'text', nullable: true })
  outcome!: string | null;

  @Column({ type: 'boolean' })
  incident!: boolean;

  @Column({ name: 'waiting_for', type: 'text' })
  waitingFor!: string;

  @Column({ type: 'text' })
  attributes!: string;

  @Column({ ...INTEGER, name: 'created_at' })
  createdAt!: number;

  @Column({ ...INTEGER, name: 'updated_at' })
  updatedAt!: number;

  @Column({ ...INTEGER, name: 'completed_at', nullable: true })
  completedAt!: number | null;

  @Column({ ...INTEGER, name: 'history_seq' })
  historySeq!: number;

  @Column({ ...INTEGER, name: 'kept_events' })
  keptEvents!: number;

  @Column({ type: 'text' })
  bookkeeping!: string;

  @Column({ type: 'text' })
  snapshot!: string;

  @Column({ name: 'live_key', type: 'text', nullable: true })
  uniqueKey!: string | null;
}
