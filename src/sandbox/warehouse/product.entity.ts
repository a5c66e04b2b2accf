import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A product of the catalogue. `available` counts the pieces that nobody has reserved. */
@Entity('products')
@Check('products_available', 'available >= 0')
export class ProductRow {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  /** Minor units. */
  @Column('integer', { name: 'unit_price' })
  unitPrice!: number;

  @Column('text')
  currency!: string;

  @Column('integer')
  available!: number;
}
