import {
  applyDecorators,
  createParamDecorator,
  Inject,
  Injectable,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiProblem } from '../openapi/api-problem.decorator.js';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { etagUnmatched, invalidRequest, preconditionRequired } from '../problem/request-error.js';
import { readIfMatch } from './etag.js';

/** Reads the `If-Match` header. The order must have one of its revisions. Undefined: any. @throws RequestError */
export function expectedRevisions(request: Request): readonly number[] | undefined {
  const header = request.get('if-match');
  if (header === undefined) return undefined;
  const revisions = readIfMatch(header);
  if (revisions === 'any') return undefined;
  if (revisions?.length === 0) throw etagUnmatched();
  if (revisions !== null) return revisions;
  const message = 'If-Match must be * or ETags in quotes, separated by commas';
  throw invalidRequest([{ field: 'if-match', rule: 'isETag', message }]);
}

export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): readonly number[] | undefined =>
  expectedRevisions(context.switchToHttp().getRequest<Request>()),
);

/** Refuses a command without `If-Match` when the option `requireIfMatch` is set. */
@Injectable()
class PreconditionGuard implements CanActivate {
  constructor(@Inject(HTTP_OPTIONS) private readonly options: HttpOptions) {}

  /** @throws RequestError */
  canActivate(context: ExecutionContext): boolean {
    if (this.options.requireIfMatch !== true) return true;
    if (context.switchToHttp().getRequest<Request>().get('if-match') === undefined) throw preconditionRequired();
    return true;
  }
}

const HEADER = {
  name: 'If-Match',
  required: false,
  description:
    'The ETag of the order as you have seen it, or the number of `Order-Revision` in quotes. It is looked at in the very step that would carry the command out, so nothing comes between. Weak ETags match nothing.',
  example: '"7"',
};

const ApiMoved = () =>
  ApiProblem(
    412,
    'revision_moved',
    'The order has moved on since; the ETag is the one it has now. `etag_unmatched`: the ETags sent are weak, or none of ours.',
  );

/** The route accepts an `If-Match`. */
export const ApiIfMatch = () => applyDecorators(ApiHeader(HEADER), ApiMoved());

/** The route accepts an `If-Match`, and requires one when the option `requireIfMatch` is set. */
export const ApiIfMatchWanted = () =>
  applyDecorators(
    UseGuards(PreconditionGuard),
    ApiHeader(HEADER),
    ApiMoved(),
    ApiProblem(428, 'precondition_required', 'The service is configured to ask for `If-Match`, and there is none.'),
  );
