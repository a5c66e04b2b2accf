import { Injectable } from '@nestjs/common';
import type { CartDto, CartLineDto } from '../../contracts/cart-contract.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { SandboxStore } from '../store/sandbox-store.js';
import type { Tx } from '../store/sandbox-store.js';
import { ProductRow } from '../warehouse/product.entity.js';
import { CartLineRow, CartRow } from './cart.entity.js';

const MAX_COUNT = 10_000;
const MAX_LINES = 500;

/** Reads and changes carts. Refusals: 404 `cart_unknown`, 404 `product_unknown`, 422 `cart_line_too_large`, 422 `cart_too_long`. */
@Injectable()
export class CartService {
  constructor(private readonly store: SandboxStore) {}

  get(cartId: string): Promise<CartDto> {
    return this.store.read(async (manager) => {
      if (!(await manager.existsBy(CartRow, { id: cartId }))) throw unknownCart(cartId);
      return this.lines({ manager }, cartId);
    });
  }

  /** Adds pieces to the line of the product. Creates the line and the cart where they are missing. Returns the whole cart. */
  async add(tx: Tx, cartId: string, change: CartLineDto): Promise<CartDto> {
    const { productId, count } = change;
    if (!(await tx.manager.existsBy(ProductRow, { id: productId }))) {
      throw new PartnerRefusal(404, 'product_unknown', `There is no product ${productId}.`);
    }
    await tx.manager.upsert(CartRow, { id: cartId }, ['id']);
    const line = await tx.manager.findOneBy(CartLineRow, { cartId, productId });
    const merged = (line?.count ?? 0) + count;
    if (merged > MAX_COUNT) {
      throw new PartnerRefusal(422, 'cart_line_too_large', `A line holds at most ${MAX_COUNT} pieces.`);
    }
    await tx.manager.upsert(CartLineRow, { cartId, productId, count: merged }, ['cartId', 'productId']);
    if ((await tx.manager.countBy(CartLineRow, { cartId })) > MAX_LINES) {
      throw new PartnerRefusal(422, 'cart_too_long', `A cart holds at most ${MAX_LINES} lines.`);
    }
    return this.lines(tx, cartId);
  }

  /** Takes pieces from the line of the product and deletes a line that is empty. Ignores a product that the cart lacks. */
  async remove(tx: Tx, cartId: string, change: CartLineDto): Promise<CartDto> {
    const { productId, count } = change;
    if (!(await tx.manager.existsBy(CartRow, { id: cartId }))) throw unknownCart(cartId);
    const line = await tx.manager.findOneBy(CartLineRow, { cartId, productId });
    if (line !== null && line.count > count) {
      await tx.manager.update(CartLineRow, { cartId, productId }, { count: line.count - count });
    } else if (line !== null) {
      await tx.manager.delete(CartLineRow, { cartId, productId });
    }
    return this.lines(tx, cartId);
  }

  private async lines({ manager }: Pick<Tx, 'manager'>, cartId: string): Promise<CartDto> {
    const lines = await manager.find(CartLineRow, { where: { cartId }, order: { productId: 'ASC' } });
    return lines.map(({ productId, count }) => ({ productId, count }));
  }
}

const unknownCart = (cartId: string) => new PartnerRefusal(404, 'cart_unknown', `There is no cart ${cartId}.`);
