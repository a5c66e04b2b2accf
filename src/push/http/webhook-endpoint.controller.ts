import { Audited } from '../../http/auth/audited.decorator.js';
import { applyDecorators, Body, Controller, Delete, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import {
  EndpointService,
  type EndpointSecretView,
  type EndpointView,
  type EndpointWish,
} from '../delivery/endpoint.service.js';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { ApiIdempotencyKey, IdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
import { ChangeEndpointBody, RegisterEndpointBody } from './webhook-requests.dto.js';
import { WebhookEndpointDto, WebhookEndpointListDto, WebhookEndpointSecretDto } from './webhook-responses.dto.js';

/** Documents the path parameter of a route about one endpoint. */
export const ApiEndpointId = () =>
  applyDecorators(
    ApiParam({ name: 'endpointId', example: '0b7c8a4c-4f16-4c4e-8a55-2c0c8f6f7a10' }),
    ApiProblem(404, 'webhook_endpoint_not_found', 'No endpoint has this id.'),
    ApiStoreProblems(),
  );

const ApiChange = () =>
  applyDecorators(
    ApiEndpointId(),
    ApiIdempotencyKey(),
    ApiProblem(409, 'webhook_endpoint_changed', 'Somebody else changed it meanwhile.'),
  );

@ApiTags('outbound webhooks')
@Controller('webhook-endpoints')
@Roles('operator')
export class WebhookEndpointController {
  constructor(private readonly endpoints: EndpointService) {}

  @Post()
  @Roles('admin')
  @Audited('webhook_endpoint.created')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Register an endpoint',
    description:
      'From now on it gets the events of orders: CloudEvents 1.0 in JSON, signed as Standard Webhooks says, at least ' +
      'once each, in no promised order (`data.revision` tells it). The answer shows the secret this once; a repeat under its `Idempotency-Key` does not.',
  })
  @ApiIdempotencyKey()
  @ApiCreatedResponse({ type: WebhookEndpointSecretDto })
  @ApiBodyProblems()
  @ApiProblem(409, 'webhook_endpoints_exhausted', 'There are as many as there may be.')
  @ApiStoreProblems()
  register(@Body() body: RegisterEndpointBody, @IdempotencyKey() key?: string): Promise<EndpointSecretView> {
    return this.endpoints.register(wishOf(body), key);
  }

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List the endpoints', description: 'All of them, oldest first, without their secrets.' })
  @ApiOkResponse({ type: WebhookEndpointListDto })
  @ApiStoreProblems()
  async list(): Promise<{ readonly items: readonly EndpointView[] }> {
    return { items: await this.endpoints.list() };
  }

  @Get(':endpointId')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'An endpoint' })
  @ApiOkResponse({ type: WebhookEndpointDto })
  @ApiEndpointId()
  get(@Param('endpointId') endpointId: string): Promise<EndpointView> {
    return this.endpoints.get(endpointId);
  }

  @Patch(':endpointId')
  @Audited('webhook_endpoint.changed')
  @ApiOperation({ summary: 'Change the URL, the event types or the description of an endpoint' })
  @ApiOkResponse({ type: WebhookEndpointDto })
  @ApiBodyProblems()
  @ApiChange()
  update(@Param('endpointId') endpointId: string, @Body() body: ChangeEndpointBody): Promise<EndpointView> {
    return this.endpoints.update(endpointId, wishOf(body));
  }

  @Post(':endpointId/rotate')
  @Roles('admin')
  @Audited('webhook_endpoint.secret_rotated')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Rotate the secret of an endpoint',
    description:
      'The new secret signs at once. The old one signs beside it for a day, so that receivers can change over.',
  })
  @ApiOkResponse({ type: WebhookEndpointSecretDto })
  @ApiChange()
  rotate(@Param('endpointId') endpointId: string): Promise<EndpointSecretView> {
    return this.endpoints.rotate(endpointId);
  }

  @Post(':endpointId/disable')
  @Audited('webhook_endpoint.disabled')
  @HttpCode(200)
  @ApiOperation({ summary: 'Disable an endpoint', description: 'Pending deliveries wait until it is enabled again.' })
  @ApiOkResponse({ type: WebhookEndpointDto })
  @ApiChange()
  disable(@Param('endpointId') endpointId: string): Promise<EndpointView> {
    return this.endpoints.disable(endpointId);
  }

  @Post(':endpointId/enable')
  @Audited('webhook_endpoint.enabled')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Enable an endpoint',
    description: 'Events from the time when it was disabled are not sent.',
  })
  @ApiOkResponse({ type: WebhookEndpointDto })
  @ApiChange()
  enable(@Param('endpointId') endpointId: string): Promise<EndpointView> {
    return this.endpoints.enable(endpointId);
  }

  @Delete(':endpointId')
  @Audited('webhook_endpoint.deleted')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an endpoint with its delivery log' })
  @ApiNoContentResponse()
  @ApiIdempotencyKey()
  @ApiEndpointId()
  remove(@Param('endpointId') endpointId: string): Promise<void> {
    return this.endpoints.remove(endpointId);
  }
}

/** Treats a null field as absent. */
function wishOf({
  url,
  events,
  description,
}: Pick<ChangeEndpointBody, 'url' | 'events' | 'description'>): EndpointWish {
  return { url: url ?? undefined, events: events ?? undefined, description: description ?? undefined };
}
