import { applyDecorators, Header } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';

/** Headers of a response about one order, for OpenAPI. */
export const ETAG = {
  ETag: {
    description:
      "The order's revision: one more with every step. For `If-None-Match` here, and `If-Match` of commands.",
    schema: { type: 'string' as const, example: '"7"' },
  },
  'Order-Revision': {
    description: 'The same number without quotes. A proxy that compresses weakens the ETag, and leaves this.',
    schema: { type: 'integer' as const, example: 7 },
  },
};

/** The response has an ETag and must be revalidated. A client that has the current revision gets 304. */
export const ApiVersioned = () =>
  applyDecorators(
    Header('Cache-Control', 'private, no-cache'),
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'ETag of the answer you have: 304 while the order has not moved since.',
      example: '"7"',
    }),
    ApiResponse({ status: 304, description: 'The order has not moved since.', headers: ETAG }),
  );
