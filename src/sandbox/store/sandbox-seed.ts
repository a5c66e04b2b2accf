/** The data of a new sandbox. Documents, demos and tests name its fixed GUIDs. */
import type { DataSource } from 'typeorm';
import { CartLineRow, CartRow } from '../cart/cart.entity.js';
import { UserRow } from '../users/user.entity.js';
import { ProductRow } from '../warehouse/product.entity.js';

const PLENTY = 1_000_000;
const product = (id: string, name: string, unitPrice: number, available = PLENTY) => ({
  id,
  name,
  unitPrice,
  currency: 'EUR',
  available,
});
const user = (id: string, name: string, street: string, postalCode: string, city: string, country: string) => ({
  id,
  email: `${name.split(' ')[0]?.toLowerCase() ?? 'user'}@example.com`,
  address: { name, street, postalCode, city, country },
});

export const SEED_PRODUCTS = [
  product('coffee-beans-1kg', 'Coffee beans, 1 kg', 1_890),
  product('cold-brew-kit', 'Cold brew kit', 3_900),
  product('espresso-machine', 'Espresso machine', 34_900),
  product('filter-papers-100', 'Filter papers, 100 pieces', 450),
  product('hand-grinder', 'Hand grinder', 12_900),
  product('travel-mug', 'Travel mug', 2_400),
  product('limited-cup', 'Limited edition cup', 5_500, 3),
  product('sold-out-kettle', 'Gooseneck kettle', 7_900, 0),
] as const;

export const SEED_USERS = [
  user('a1111111-1111-4111-8111-111111111111', 'Greta Sommer', 'Kastanienallee 7', '10435', 'Berlin', 'DE'),
  user('a2222222-2222-4222-8222-222222222222', 'Claire Dubois', 'Rue des Martyrs 21', '75009', 'Paris', 'FR'),
  user('a3333333-3333-4333-8333-333333333333', 'Aino Virtanen', 'Kalevankatu 4', '00100', 'Helsinki', 'FI'),
  user('a4444444-4444-4444-8444-444444444444', 'Urs Keller', 'Bahnhofstrasse 40', '8001', 'Zürich', 'CH'),
  user('a5555555-5555-4555-8555-555555555555', 'Dana Miller', '200 Pine Street', '98101', 'Seattle', 'US'),
  /** No carrier goes to this country, so shipping and fulfilment refuse. */
  user('a6666666-6666-4666-8666-666666666666', 'Pia Polar', 'Station Road 1', '00000', 'Neumayer', 'AQ'),
] as const;

export const SEED_CARTS = [
  {
    id: '11111111-1111-4111-8111-111111111111',
    about: 'everything in stock',
    lines: [
      { productId: 'coffee-beans-1kg', count: 2 },
      { productId: 'hand-grinder', count: 1 },
    ],
  },
  {
    id: '22222222-2222-4222-8222-222222222222',
    about: 'two of the three limited cups',
    lines: [{ productId: 'limited-cup', count: 2 }],
  },
  { id: '33333333-3333-4333-8333-333333333333', about: 'empty', lines: [] },
  {
    id: '44444444-4444-4444-8444-444444444444',
    about: 'one product is out of stock',
    lines: [
      { productId: 'coffee-beans-1kg', count: 1 },
      { productId: 'sold-out-kettle', count: 1 },
    ],
  },
] as const;

/** Seeds a database without products; leaves any other unchanged. Call it before anything else uses the data source. */
export async function seed(dataSource: DataSource): Promise<void> {
  await dataSource.transaction(async (manager) => {
    if (await manager.exists(ProductRow)) return;
    await manager.insert(ProductRow, [...SEED_PRODUCTS]);
    await manager.insert(UserRow, [...SEED_USERS]);
    for (const { id, lines } of SEED_CARTS) {
      await manager.insert(CartRow, { id });
      for (const line of lines) await manager.insert(CartLineRow, { cartId: id, ...line });
    }
  });
}
