import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from '../request-id.js';
import { problemResponseOf } from './problem-response.js';
import type { Problem } from './problem.js';

/** Turns every error into `application/problem+json` (RFC 9457). */
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

/** Returns stack or message of an error, and its cause. Omits other properties, which may contain headers or bodies. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${error.cause.message}` : own;
}

/** The path without its query, which may hold secrets. */
function pathOf(request: Request): string {
  return request.originalUrl.split('?', 1)[0] ?? '/';
}
