import { applyDecorators, HttpCode, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiBodyProblems } from '../openapi/api-problem.decorator.js';
import { ApiIdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
import { locationUnder } from './location.interceptor.js';
import { WorkflowDto } from './workflow.dto.js';

/**
 * The route starts a workflow and answers 202 with the workflow and a `Location`.
 * A second request with the same `Idempotency-Key` starts nothing.
 * @param path of the workflow's own routes, e.g. `returns`.
 */
export const ApiStarted = (path: string, summary: string, description: string) =>
  applyDecorators(
    ApiTags(path),
    HttpCode(202),
    ApiOperation({ summary, description }),
    ApiAcceptedResponse({
      type: WorkflowDto,
      description: 'Stored.',
      headers: { Location: { description: 'Absolute URL of what was started.', schema: { type: 'string' } } },
    }),
    // This interceptor wraps that of the Idempotency-Key, so that a repeated answer has a Location, too.
    UseInterceptors(locationUnder(path)),
    ApiIdempotencyKey(),
    ApiBodyProblems(),
  );
