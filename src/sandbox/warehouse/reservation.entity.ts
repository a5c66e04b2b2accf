import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ReservationDto, ReservationStateDto } from '../../contracts/warehouse-contract.js';

@Entity('reservations')
@Index('reservations_due', ['state', 'expiresAt'])
export class ReservationRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text')
  state!: ReservationStateDto['state'];

  /** The reserved lines, with the prices at the time of the reservation. */
  @Column('simple-json')
  reserved!: ReservationDto['reserved'];

  @Column('simple-json', { name: 'not_reserved' })
  notReserved!: ReservationDto['notReserved'];

  /** Absolute deadline, milliseconds since the epoch. */
  @Column('integer', { name: 'expires_at' })
  expiresAt!: number;
}

/** The row as plain data. */
export type Reservation = Pick<ReservationRow, keyof ReservationRow>;
