import { randomUUID } from 'node:crypto';

/** A new cart at the sandbox with something in it: a cart has one open order at the most. @returns its id. */
export async function filledCart(sandboxUrl: string): Promise<string> {
  const cartId = randomUUID();
  const answer = await fetch(`${sandboxUrl}/cart/${cartId}/add`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ productId: 'coffee-beans-1kg', count: 1 }),
  });
  if (answer.status !== 202) throw new Error(`The sandbox answered ${answer.status}.`);
  return cartId;
}
