import { Audited } from '../../http/auth/audited.decorator.js';
import { applyDecorators, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DeliveryLog, type DeliveryDetails, type DeliveryView } from '../delivery/delivery-log.js';
import { ApiProblem } from '../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { ApiIdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
import { ApiEndpointId } from './webhook-endpoint.controller.js';
import { DeliveryListQuery } from './webhook-requests.dto.js';
import { WebhookDeliveryDetailsDto, WebhookDeliveryDto, WebhookDeliveryPageDto } from './webhook-responses.dto.js';

const ApiDeliveryId = () =>
  applyDecorators(
    ApiParam({ name: 'deliveryId' }),
    ApiEndpointId(),
    ApiProblem(404, 'webhook_delivery_not_found', 'No such endpoint, or it has no such delivery.'),
  );

@ApiTags('outbound webhooks')
@Controller('webhook-endpoints/:endpointId')
@Roles('operator')
export class WebhookDeliveryController {
  constructor(private readonly deliveries: DeliveryLog) {}

  @Post('test')
  @Audited('webhook_endpoint.tested')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a test event',
    description: 'Sends an event of the type `webhook.test`, whichever types the endpoint subscribes to.',
  })
  @ApiAcceptedResponse({
    type: WebhookDeliveryDto,
    description: 'The event is being sent; the delivery shows the result.',
  })
  @ApiIdempotencyKey()
  @ApiEndpointId()
  @ApiProblem(409, 'webhook_endpoint_disabled', 'Enable it first.')
  test(@Param('endpointId') endpointId: string): Promise<DeliveryView> {
    return this.deliveries.test(endpointId);
  }

  @Get('deliveries')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List the deliveries of an endpoint', description: 'Newest first.' })
  @ApiOkResponse({ type: WebhookDeliveryPageDto })
  @ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.')
  @ApiEndpointId()
  list(
    @Param('endpointId') endpointId: string,
    @Query() { state, limit, cursor }: DeliveryListQuery,
  ): Promise<{ readonly items: readonly DeliveryView[]; readonly next: string | null }> {
    return this.deliveries.list(endpointId, { state }, { limit, cursor });
  }

  @Get('deliveries/:deliveryId')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'A delivery with its event and every attempt' })
  @ApiOkResponse({ type: WebhookDeliveryDetailsDto })
  @ApiDeliveryId()
  get(@Param('endpointId') endpointId: string, @Param('deliveryId') deliveryId: string): Promise<DeliveryDetails> {
    return this.deliveries.get(endpointId, deliveryId);
  }

  @Post('deliveries/:deliveryId/replay')
  @Audited('webhook_delivery.replayed')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a delivery again',
    description:
      'The same event under the same `webhook-id`, on a schedule begun anew; whether or not it was delivered.',
  })
  @ApiAcceptedResponse({ type: WebhookDeliveryDto })
  @ApiIdempotencyKey()
  @ApiProblem(409, 'webhook_delivery_under_way', 'It is being sent at this moment, or the endpoint is disabled.')
  @ApiDeliveryId()
  replay(@Param('endpointId') endpointId: string, @Param('deliveryId') deliveryId: string): Promise<DeliveryView> {
    return this.deliveries.replay(endpointId, deliveryId);
  }
}
