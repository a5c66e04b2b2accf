import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto.js';

/** Documents one error of a route, with an example. @param extensions additional members of the problem. */
export function ApiProblem(status: number, code: string, description?: string, extensions: object = {}) {
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ApiResponse({ ...problemResponse(status, code, description, extensions) }),
  );
}

/** The description of one error in the OpenAPI document, with an example. */
export function problemResponse(
  status: number,
  code: string,
  description: string | undefined,
  extensions: object,
): ApiResponseOptions {
  const title = STATUS_CODES[status] ?? 'Error';
  return {
    status,
    description: description ?? `${title}: \`${code}\``,
    ...(status === 503 ? { headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'string' } } } } : {}),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        example: {
          type: `urn:durable-orders:problem:${code}`,
          title,
          status,
          detail: description ?? title,
          instance: '/order/…',
          code,
          traceId: '0d9e8b5c-4f16-4c4e-8a55-2c0c8f6f7a10',
          ...extensions,
          ...(code === 'request_invalid' && {
            errors: [{ field: 'reason', rule: 'maxLength', message: 'reason must be at most 200 characters' }],
          }),
        },
      },
    },
  };
}

/** Documents the errors of every route that reads the database. */
export const ApiStoreProblems = () =>
  applyDecorators(
    ApiProblem(500, 'internal_error', 'A defect; the log has the details under the traceId.'),
    ApiProblem(503, 'store_unavailable', 'The database is away, or the service is shutting down. Try again.'),
  );

/** Documents the errors of every route with a JSON body. */
export const ApiBodyProblems = () =>
  applyDecorators(
    ApiProblem(
      400,
      'request_invalid',
      'The request breaks a rule (`request_invalid`) or is no JSON (`body_malformed`).',
    ),
    ApiProblem(413, 'body_too_large', 'The body is larger than 8 kB; of a retry, a skip or an event than 100 kB.'),
    ApiProblem(415, 'media_type_unsupported', 'The body is not `application/json`.'),
  );
