import { ApiAcceptedResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { linksOf, type OrderLinks } from './order.links.js';
import { OrderLinksDto } from './order.responses.dto.js';

/** The answer to a call that placed an order: its links, and in the headers where to look and when. */
export function answerPlaced(response: Response, publicUrl: string, id: string): OrderLinks {
  const links = linksOf(publicUrl, id);
  response.set({ Location: links.statusQueryGetUri, 'Retry-After': '1' });
  return links;
}

export const ApiPlaced = (description: string) =>
  ApiAcceptedResponse({
    type: OrderLinksDto,
    description,
    headers: {
      Location: { description: 'Absolute URL of the status.', schema: { type: 'string' } },
      'Retry-After': { description: 'Seconds to wait before asking for the status.', schema: { type: 'string' } },
    },
  });
