import { applyDecorators, HttpCode, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiBodyProblems } from '../openapi/api-problem.decorator.js';
import { ApiIdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
import { locationUnder } from './location.interceptor.js';
import { WorkflowDto } from './workflow.dto.js';

/**
 * A route that starts a workflow and answers with it: 202, `Location`. A repeat under one `Idempotency-Key` starts nothing.
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
    // Before the one that gives a repeat the first answer: a repeat has a Location, too.
    UseInterceptors(locationUnder(path)),
    ApiIdempotencyKey(),
    ApiBodyProblems(),
  );
