import { ApiAcceptedResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { CartHasLiveOrderError } from '../../order-errors.js';
import { ApiProblem } from '../../../http/openapi/api-problem.decorator.js';
import { liveOrder } from '../../../http/problem/request-error.js';
import { linksOf, type PlacedOrder } from '../queries/order-links.js';
import { PlacedOrderDto } from '../queries/order-responses.dto.js';

/** The response to a request that placed an order. */
interface Placed {
  readonly id: string;
  readonly publicUrl: string;
  readonly token: string | null;
}

/** Its links and its token, and in the headers where to look and when. No cache keeps them. */
export function answerPlaced(response: Response, { id, publicUrl, token }: Placed): PlacedOrder {
  const links = linksOf(publicUrl, id);
  response.set({ Location: links.statusQueryGetUri, 'Retry-After': '1', 'Cache-Control': 'no-store' });
  return { ...links, ...(token === null ? {} : { orderToken: token }) };
}

/** Runs what places an order. @throws RequestError with the address of the order the cart has already. */
export async function orLiveOrder<T>(publicUrl: string, place: () => Promise<T>): Promise<T> {
  try {
    return await place();
  } catch (error) {
    if (!(error instanceof CartHasLiveOrderError)) throw error;
    const { id, statusQueryGetUri } = linksOf(publicUrl, error.orderId);
    throw liveOrder({ id, statusQueryGetUri }, error);
  }
}

/** @param or what else the route refuses as 409. */
export const ApiLiveOrder = (or?: string) =>
  ApiProblem(
    409,
    'cart_has_live_order',
    [
      'The cart has an order that has not ended (`cart_has_live_order`): `liveOrder` names it and the address of its status',
      'or a request with this Idempotency-Key is still being worked on (`idempotency_key_in_progress`)',
      ...(or === undefined ? [] : [or]),
    ].join(', '),
    { liveOrder: { id: ORDER_ID, statusQueryGetUri: `http://localhost:3000/order/${ORDER_ID}/status` } },
  );

const ORDER_ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

export const ApiPlaced = (description: string) =>
  ApiAcceptedResponse({
    type: PlacedOrderDto,
    description,
    headers: {
      Location: { description: 'Absolute URL of the status.', schema: { type: 'string' } },
      'Retry-After': { description: 'Seconds to wait before asking for the status.', schema: { type: 'string' } },
    },
  });
