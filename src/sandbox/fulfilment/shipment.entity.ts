import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ShipmentRequestDto } from '../../contracts/fulfilment-contract.js';

@Entity('shipments')
export class ShipmentRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'order_id' })
  orderId!: string;

  @Column('text', { name: 'reservation_id' })
  reservationId!: string;

  @Column('text', { name: 'tracking_number' })
  trackingNumber!: string;

  @Column('simple-json')
  items!: ShipmentRequestDto['items'];

  @Column('simple-json')
  address!: ShipmentRequestDto['address'];
}
