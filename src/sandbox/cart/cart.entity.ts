import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A cart has a row of its own, so the service can tell an empty cart from an unknown one. */
@Entity('carts')
export class CartRow {
  @PrimaryColumn('text')
  id!: string;
}

@Entity('cart_lines')
export class CartLineRow {
  @PrimaryColumn('text', { name: 'cart_id' })
  cartId!: string;

  @PrimaryColumn('text', { name: 'product_id' })
  productId!: string;

  @Column('integer')
  count!: number;
}
