import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IncidentAction, IncidentRecord } from '../../durable/store.js';
import { INTEGER } from './integer-column.js';

@Entity('incidents')
export class IncidentEntity implements IncidentRecord {
  @PrimaryColumn({ name: 'incident_id', type: 'text' })
  incidentId!: string;

  @Column({ name: 'actor_id', type: 'text', nullable: true })
  actorId!: string | null;

  @Column({ name: 'subject_id', type: 'text' })
  subjectId!: string;

  @Column({ name: 'machine_id', type: 'text' })
  machineId!: string;

  @Column({ type: 'text' })
  kind!: string;

  @Column({ type: 'text' })
  status!: string;

  @Column({ type: 'text' })
  cause!: string;

  @Column({ name: 'suggested_action', type: 'text' })
  suggestedAction!: IncidentAction;

  @Column({ type: 'text' })
  advice!: string;

  @Column({ ...INTEGER, name: 'opened_at' })
  openedAt!: number;

  @Column({ ...INTEGER, name: 'resolved_at', nullable: true })
  resolvedAt!: number | null;

  @Column({ type: 'text', nullable: true })
  resolution!: string | null;

  @Column({ name: 'resolved_by', type: 'text', nullable: true })
  resolvedBy!: string | null;

  @Column({ type: 'text', nullable: true })
  reason!: string | null;
}
