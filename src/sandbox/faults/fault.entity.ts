import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Fault } from './fault-schema.js';

/** One line of the fault plan. The database stores it, so a plan survives a restart. */
@Entity('faults')
export class FaultRow {
  /** Place in the plan, from 0. The first matching line wins. */
  @PrimaryColumn('integer')
  position!: number;

  @Column('simple-json')
  plan!: Fault;

  /** Number of calls that the line still applies to; null means all calls. */
  @Column('integer', { nullable: true })
  remaining!: number | null;
}
