import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { IncidentKind, IncidentRecord } from '../../durable/store.port.js';
import { INTEGER } from './integer.column.js';

@Entity('incidents')
export class IncidentEntity implements IncidentRecord {
  @PrimaryColumn({ name: 'incident_id', type: 'text' })
  incidentId!: string;

  @Column({ name: 'actor_id', type: 'text' })
  actorId!: string;

  @Column({ name: 'machine_id', type: 'text' })
  machineId!: string;

  @Column({ type: 'text' })
  kind!: IncidentKind;

  @Column({ type: 'text' })
  status!: string;

  @Column({ type: 'text' })
  cause!: string;

  @Column({ name: 'suggested_action', type: 'text' })
  suggestedAction!: string;

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
