import {
  Inject,
  Injectable,
  mixin,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';

/** Sets the header `Location` to `<public URL>/<path>/<id>`, with the `id` of the response. */
export function locationUnder(path: string): Type<NestInterceptor> {
  @Injectable()
  class LocationInterceptor implements NestInterceptor<{ readonly id: string }> {
    constructor(@Inject(HTTP_OPTIONS) private readonly options: HttpOptions) {}

    intercept(
      context: ExecutionContext,
      next: CallHandler<{ readonly id: string }>,
    ): Observable<{ readonly id: string }> {
      const response = context.switchToHttp().getResponse<Response>();
      return next
        .handle()
        .pipe(tap(({ id }) => response.location(`${this.options.publicUrl()}/${path}/${encodeURIComponent(id)}`)));
    }
  }
  return mixin(LocationInterceptor);
}
