import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from '../request-id.js';
import { problemResponseOf } from './problem-response.js';
import type { Problem } from './problem.js';

/** Every error leaves as `application/problem+json` (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const { status, code, title, detail, headers, errors, extensions } = problemResponseOf(error);
    const traceId = requestIdOf(request);
    if (status >= 500) {
      this.logger.error(`${request.method} ${pathOf(request)} failed (traceId ${traceId}): ${reasonOf(error)}`);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const problem: Problem = {
      type: `urn:durable-orders:problem:${code}`,
      title,
      status,
      detail,
      instance: pathOf(request),
      code,
      traceId,
      ...(errors === undefined ? {} : { errors }),
      ...extensions,
    };
    response
      .status(status)
      .set({ ...headers, 'Cache-Control': 'no-store' })
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  }
}

/** Stack and message of the error, and what caused it: never its other properties, which may hold headers or bodies. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${error.cause.message}` : own;
}

/** Without the query, which may hold what is not to be repeated. */
function pathOf(request: Request): string {
  return request.originalUrl.split('?', 1)[0] ?? '/';
}
