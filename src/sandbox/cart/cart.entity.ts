import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A cart exists apart from its lines: an empty one is known, an unheard-of one is not. */
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
