import { Column, Entity, PrimaryColumn } from 'typeorm';
import { INTEGER } from './integer-column.js';

/** The response to a request with an idempotency key. Without a status the request is still running. */
@Entity('answers')
export class AnswerEntity {
  @PrimaryColumn({ type: 'text' })
  scope!: string;

  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  fingerprint!: string;

  @Column({ name: 'owner_node', type: 'text' })
  ownerNode!: string;

  @Column({ ...INTEGER, name: 'reserved_at' })
  reservedAt!: number;

  @Column({ ...INTEGER, name: 'expires_at' })
  expiresAt!: number;

  @Column({ ...INTEGER, nullable: true })
  status!: number | null;

  @Column({ type: 'text', nullable: true })
  headers!: string | null;

  @Column({ type: 'text', nullable: true })
  body!: string | null;

  @Column({ name: 'actor_id', type: 'text', nullable: true })
  actorId!: string | null;
}
