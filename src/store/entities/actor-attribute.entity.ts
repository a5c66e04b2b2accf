import { Entity, PrimaryColumn } from 'typeorm';
import { INTEGER } from './integer-column.js';

/** A value by which lists find an actor. */
@Entity('actor_attributes')
export class ActorAttributeEntity {
  @PrimaryColumn({ type: 'text' })
  name!: string;

  @PrimaryColumn({ type: 'text' })
  value!: string;

  /** Creation time of the actor. It keeps the rows of one value in the order of the lists. */
  @PrimaryColumn({ ...INTEGER, name: 'created_at' })
  createdAt!: number;

  @PrimaryColumn({ name: 'actor_id', type: 'text' })
  actorId!: string;
}
