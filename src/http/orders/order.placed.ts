import { ApiAcceptedResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { linksOf, type PlacedOrder } from './order.links.js';
import { PlacedOrderDto } from './order.responses.dto.js';

/** What the answer to a call that placed an order tells of it. */
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

export const ApiPlaced = (description: string) =>
  ApiAcceptedResponse({
    type: PlacedOrderDto,
    description,
    headers: {
      Location: { description: 'Absolute URL of the status.', schema: { type: 'string' } },
      'Retry-After': { description: 'Seconds to wait before asking for the status.', schema: { type: 'string' } },
    },
  });
