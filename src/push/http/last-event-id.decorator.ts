import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';

/** The header with which a client resumes a stream; undefined: absent or empty. */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
  const id = context.switchToHttp().getRequest<Request>().get('last-event-id');
  return id === '' ? undefined : id;
});

export const ApiLastEventId = () =>
  ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The `id:` of the last message seen; the stream continues after it. Browsers send it themselves.',
  });
