import { Audited } from '../../http/auth/audited.decorator.js';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { PaymentInbox } from '../payment-inbox.js';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../../http/openapi/api-problem.decorator.js';
import { Caller } from '../../http/auth/caller.decorator.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { ApiIdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
import { ReasonBody } from '../../http/params/reason.dto.js';
import { FeatureError } from '../../http/problem/feature-error.js';
import {
  receivedDetailsOf,
  ReceivedWebhookDetailsDto,
  ReceivedWebhookDto,
  receivedOf,
  ReceivedWebhookPageDto,
  ReceivedWebhookQuery,
  type ReceivedWebhookDetails,
  type ReceivedWebhookView,
} from './received-webhook.dto.js';

const ApiWebhookId = () =>
  ApiParam({ name: 'id', description: 'Source and event id, URL-encoded.', example: 'payments:msg_01' });

/** Shows operators the received webhooks, and delivers one to its order again on request. */
@ApiTags('webhooks')
@Roles('operator')
@ApiStoreProblems()
@Controller('webhooks/payments/received')
export class ReceivedWebhookController {
  constructor(private readonly inbox: PaymentInbox) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List received payment webhooks', description: 'Verified ones, newest first, in pages.' })
  @ApiOkResponse({ type: ReceivedWebhookPageDto })
  @ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.')
  async list(
    @Query() query: ReceivedWebhookQuery,
  ): Promise<{ readonly items: readonly ReceivedWebhookView[]; readonly next: string | null }> {
    const { disposition, source, orderId, limit, cursor } = query;
    const filter = { disposition, source, orderId: orderId?.toLowerCase() };
    const { items, next } = await this.inbox.list(filter, { limit, cursor });
    return { items: items.map(receivedOf), next };
  }

  @Get(':id')
  @Audited('received_webhook.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'A received payment webhook with its body', description: 'Personal data is hidden.' })
  @ApiWebhookId()
  @ApiOkResponse({ type: ReceivedWebhookDetailsDto })
  @ApiProblem(404, 'webhook_not_found', 'No webhook of this id was received.')
  async get(@Param('id') id: string): Promise<ReceivedWebhookDetails> {
    const webhook = isWebhookId(id) ? await this.inbox.find(id) : null;
    if (webhook === null) throw unknownWebhook();
    return receivedDetailsOf(webhook);
  }

  @Post(':id/replay')
  @Audited('received_webhook.replayed')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Deliver a webhook to its order once more',
    description:
      'For one that came before its order was there, or whose process died. An order that took it already does nothing. Who did it and why is kept with the webhook.',
  })
  @ApiWebhookId()
  @ApiIdempotencyKey()
  @ApiBody({ type: ReasonBody, required: false })
  @ApiAcceptedResponse({ type: ReceivedWebhookDto, description: 'Delivered; `disposition` tells what came of it.' })
  @ApiBodyProblems()
  @ApiProblem(404, 'webhook_not_found', 'No webhook of this id was received.')
  @ApiProblem(409, 'webhook_not_replayable', 'It holds nothing that an order could act on.')
  async replay(
    @Param('id') id: string,
    @Body() { reason }: ReasonBody,
    @Caller() by: string,
  ): Promise<ReceivedWebhookView> {
    const replayed = isWebhookId(id) ? await this.inbox.replay(id, { by, reason: reason ?? null }) : null;
    if (replayed === null) throw unknownWebhook();
    if (replayed === 'nothing_to_deliver')
      throw new FeatureError(
        'conflict',
        'webhook_not_replayable',
        'The webhook holds nothing that an order could act on.',
      );
    return receivedOf(replayed);
  }
}

/** False: the text cannot be an id, so the store is not asked. */
function isWebhookId(id: string): boolean {
  return /^(payments|stripe):[\x21-\x7e]{1,200}$/.test(id);
}

function unknownWebhook(): FeatureError {
  return new FeatureError('not_found', 'webhook_not_found', 'No such webhook was received.');
}
