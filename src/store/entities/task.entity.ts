import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TaskKind, TaskRecord } from '../../durable/store.js';
import { INTEGER } from './integer-column.js';

@Entity('tasks')
export class TaskEntity implements TaskRecord {
  @PrimaryColumn({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @PrimaryColumn({ name: 'task_id', type: 'text' })
  taskId!: string;

  @Column({ type: 'text' })
  kind!: TaskKind;

  @Column({ ...INTEGER, name: 'due_at' })
  dueAt!: number;

  /** Always `{}`: no longer used. */
  @Column({ type: 'text' })
  payload!: string;

  @Column({ name: 'owner_node', type: 'text', nullable: true })
  ownerNode!: string | null;

  @Column(INTEGER)
  deliveries!: number;
}
