import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { OrderChangeStream } from '../streams/order-change-stream.js';
import { OrderHistoryStream } from '../streams/order-history-stream.js';
import { ApiProblem, ApiStoreProblems } from '../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { ApiOrderId } from '../../http/params/api-order-id.decorator.js';
import { OrderIdPipe } from '../../http/params/order-id.pipe.js';
import { invalidRequest } from '../../http/problem/request-error.js';
import { ApiLastEventId, LastEventId } from './last-event-id.decorator.js';
import type { SseMessage } from './sse-stream.js';
import {
  AwaitedOrderDto,
  ChangeStreamQuery,
  isIn,
  OrderStreamQuery,
  WaitQuery,
  type AwaitedOrder,
} from './stream-requests.dto.js';
import { StreamServer } from './stream-server.js';

const DEFAULT_WAIT_S = 30;

const ENTRY_EXAMPLE =
  'id: 12\ndata: {"seq":12,"revision":5,"at":"2026-01-01T12:00:00.000Z","type":"activity.completed","data":{}}\n\n' +
  'event: end\ndata: {"id":"6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001","status":"Completed","outcome":"fulfilled"}\n\n';

const CHANGE_EXAMPLE =
  'id: 1767268800000.6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001\n' +
  'data: {"id":"6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001","status":"AwaitingPayment","outcome":null,' +
  '"runtimeStatus":"Running","incident":false,"revision":9,"updatedAt":"2026-01-01T12:00:00.000Z"}\n\n';

/** Serves streams and long polls. They show committed changes of every node. */
@ApiTags('orders')
@Controller()
export class OrderStreamController {
  constructor(
    private readonly histories: OrderHistoryStream,
    private readonly changes: OrderChangeStream,
    private readonly streams: StreamServer,
  ) {}

  @Get('order/:id/wait')
  @Roles('customer', 'client')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Wait for an order (long poll)',
    description:
      'Responds as soon as the order is in one of the situations, and after `timeout` seconds at the latest.',
  })
  @ApiOkResponse({ type: AwaitedOrderDto })
  @ApiProblem(400, 'request_invalid', 'A parameter is invalid.')
  @ApiOrderId()
  async wait(
    @Param('id', OrderIdPipe) id: string,
    @Query() { until = ['ended'], timeout = DEFAULT_WAIT_S }: WaitQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AwaitedOrder> {
    const { order, reached } = await this.streams.hold(response, timeout * 1_000, (signal) =>
      this.histories.wait(id, (each) => isIn(until, each), signal),
    );
    return { ...order, reached };
  }

  @Get('order/:id/stream')
  @Roles('customer', 'client')
  @ApiOperation({
    summary: "An order's history as it is written (server-sent events)",
    description:
      'Every line from the first, or from where the client got to; `id:` is the sequence number. A message `event: end` ' +
      'follows the last line of an order that has ended. Lines that begin with a colon keep the connection open.',
  })
  @ApiLastEventId()
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' }, example: ENTRY_EXAMPLE } } })
  @ApiNoContentResponse({
    description: 'The order has ended, and the client has seen its whole history: do not reconnect.',
  })
  @ApiProblem(400, 'request_invalid', 'Last-Event-ID or `after` is no sequence number, or beyond the history.')
  @ApiOrderId()
  async stream(
    @Param('id', OrderIdPipe) id: string,
    @Query() query: OrderStreamQuery,
    @LastEventId() lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const after = lastEventId === undefined ? (query.after ?? 0) : sequenceOf(lastEventId);
    if (!(await this.histories.hasLine(id, after))) throw notOfThisHistory();
    // A status must come before the stream: 404 for an unknown order, 204 so that a browser stops resuming an ended one.
    if ((await this.histories.isOver(id, after)) && lastEventId !== undefined) {
      response.status(204).end();
      return;
    }
    await this.streams.serve(response, (signal) => this.historyOf(id, after, signal));
  }

  @Get('orders/stream')
  @Roles('operator')
  @ApiOperation({
    summary: 'Changes of any order (server-sent events)',
    description:
      'An order as it stands after a change; at least once, and only the last of several quick ones. `id:` is a cursor to ' +
      'resume from. `event: reset`: more happened meanwhile than is replayed; load the list anew.',
  })
  @ApiLastEventId()
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' }, example: CHANGE_EXAMPLE } } })
  @ApiProblem(400, 'request_invalid', 'Last-Event-ID or the cursor is not one that this stream gave out.')
  @ApiStoreProblems()
  async streamAll(
    @Query() { cursor }: ChangeStreamQuery,
    @LastEventId() lastEventId: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const since = this.changes.cursorOf(lastEventId ?? cursor);
    await this.streams.serve(response, (signal) => this.changesSince(since, signal));
  }

  private async *historyOf(id: string, after: number, signal: AbortSignal): AsyncGenerator<SseMessage> {
    for await (const event of this.histories.follow(id, after, signal)) {
      if (event.kind === 'entry') yield { id: String(event.entry.seq), data: event.entry };
      else yield { event: 'end', data: event.order };
    }
  }

  private async *changesSince(
    since: Parameters<OrderChangeStream['follow']>[0],
    signal: AbortSignal,
  ): AsyncGenerator<SseMessage> {
    for await (const event of this.changes.follow(since, signal)) {
      if (event.kind === 'change') yield { id: event.cursor, data: event.order };
      else yield { event: 'reset', data: {} };
    }
  }
}

/** @throws RequestError when it is not a sequence number. */
function sequenceOf(lastEventId: string): number {
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  const message = 'Last-Event-ID must be the sequence number of a history line';
  throw invalidRequest([{ field: 'Last-Event-ID', rule: 'isSequence', message }]);
}

/** The client names a line that does not exist yet. It would miss the lines before that one. */
function notOfThisHistory(): Error {
  const message = 'Last-Event-ID or after is beyond the history of this order; begin anew without it';
  return invalidRequest([{ field: 'Last-Event-ID', rule: 'isKnown', message }]);
}
