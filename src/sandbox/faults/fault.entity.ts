import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Fault } from './fault-schema.js';

/** One line of the fault plan; kept in the database so that a plan outlives a restart. */
@Entity('faults')
export class FaultRow {
  /** Place in the plan, from 0; the first line that fits is taken. */
  @PrimaryColumn('integer')
  position!: number;

  @Column('simple-json')
  plan!: Fault;

  /** Calls it still applies to; null for ever. */
  @Column('integer', { nullable: true })
  remaining!: number | null;
}
