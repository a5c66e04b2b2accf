import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { PartnerRefusal } from './partner-refusal.js';

/** Answers every error as `application/problem+json` (RFC 9457) with type, title, status, detail and code. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Sandbox');

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const refusal = this.refusalOf(error);
    if (response.headersSent) return;
    response
      .status(refusal.status)
      .set(refusal.headers)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:sandbox:problem:${refusal.code}`,
          title: STATUS_CODES[refusal.status] ?? 'Error',
          status: refusal.status,
          detail: refusal.detail,
          code: refusal.code,
        }),
      );
  }

  private refusalOf(error: unknown): PartnerRefusal {
    if (error instanceof PartnerRefusal) return error;
    const status = statusOf(error);
    if (status === undefined || status >= 500) {
      this.logger.error(error instanceof Error ? error.stack : error);
      return new PartnerRefusal(500, 'internal_error', 'The sandbox failed; the call changed nothing.');
    }
    return new PartnerRefusal(status, codeOf(status), error instanceof Error ? error.message : 'Refused.');
  }
}

/** Reads the status of Nest's exceptions and of the body parser's errors, which carry `status` as http-errors does. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
  return undefined;
}

function codeOf(status: number): string {
  switch (status) {
    case 400:
      return 'body_malformed';
    case 404:
      return 'route_unknown';
    case 413:
      return 'body_too_large';
    default:
      return 'refused';
  }
}
