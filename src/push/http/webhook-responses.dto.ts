import { ApiProperty } from '@nestjs/swagger';
import type { AttemptView, DeliveryDetails, DeliveryView } from '../delivery/delivery-log.js';
import type { EndpointSecretView, EndpointView } from '../delivery/endpoint.service.js';

const TIME = '2026-01-01T12:00:00.000Z';
const ENDPOINT_ID = '0b7c8a4c-4f16-4c4e-8a55-2c0c8f6f7a10';
const EVENT_ID = 'evt_6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001_12_order_completed';

export class WebhookEndpointDto implements EndpointView {
  @ApiProperty({ example: ENDPOINT_ID })
  readonly id!: string;
  @ApiProperty({ example: 'https://shop.example.com/hooks/orders' })
  readonly url!: string;
  @ApiProperty({
    type: [String],
    example: ['order.completed'],
    description: 'Event types it subscribes to. Empty: all of them.',
  })
  readonly events!: readonly string[];
  @ApiProperty({ example: 'The shop' })
  readonly description!: string;
  @ApiProperty({ enum: ['enabled', 'disabled'] })
  readonly state!: EndpointView['state'];
  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['by_hand', 'gone', 'failing'],
    description: '`gone`: the endpoint answered 410. `failing`: no delivery succeeded for days.',
    example: null,
  })
  readonly disabledReason!: EndpointView['disabledReason'];
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  readonly disabledAt!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'date-time',
    example: null,
    description: 'Since when no delivery has succeeded.',
  })
  readonly failingSince!: string | null;
  @ApiProperty({ example: 1, description: 'How many secrets sign now. More than one while a secret is being rotated.' })
  readonly signingSecrets!: number;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly updatedAt!: string;
}

export class WebhookEndpointSecretDto extends WebhookEndpointDto implements EndpointSecretView {
  @ApiProperty({
    example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
    description: 'Verifies the signature of each event (Standard Webhooks). Shown only once: store it.',
  })
  readonly secret!: string;
}

export class WebhookEndpointListDto {
  @ApiProperty({ type: [WebhookEndpointDto] })
  readonly items!: readonly WebhookEndpointDto[];
}

export class WebhookDeliveryDto implements DeliveryView {
  @ApiProperty({ example: `${ENDPOINT_ID}.${EVENT_ID}` })
  readonly id!: string;
  @ApiProperty({ example: EVENT_ID, description: 'The `webhook-id` header, the same in every attempt and replay.' })
  readonly eventId!: string;
  @ApiProperty({ example: 'order.completed' })
  readonly eventType!: string;
  @ApiProperty({
    enum: ['pending', 'delivered', 'failed'],
    description: '`failed`: the last attempt failed; the delivery can be sent again.',
  })
  readonly state!: DeliveryView['state'];
  @ApiProperty({ example: 2 })
  readonly attempts!: number;
  @ApiProperty({ type: Number, nullable: true, example: 503, description: 'Of the last answer.' })
  readonly lastStatus!: number | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'http_503',
    description: '`http_<status>`, `redirected`, `timeout`, `address_refused`, `stopped`, or a code as `ECONNREFUSED`.',
  })
  readonly lastError!: string | null;
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: TIME })
  readonly nextAttemptAt!: string | null;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ type: String, nullable: true, format: 'date-time', example: null })
  readonly settledAt!: string | null;
}

export class WebhookDeliveryPageDto {
  @ApiProperty({ type: [WebhookDeliveryDto] })
  readonly items!: readonly WebhookDeliveryDto[];
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly next!: string | null;
}

export class WebhookAttemptDto implements AttemptView {
  @ApiProperty({
    example: 1,
    description: 'When a number is missing, the process died during that attempt.',
  })
  readonly attempt!: number;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ example: 87 })
  readonly durationMs!: number;
  @ApiProperty({ type: Number, nullable: true, example: 503 })
  readonly statusCode!: number | null;
  @ApiProperty({ type: String, nullable: true, example: 'http_503' })
  readonly error!: string | null;
}

export class WebhookDeliveryDetailsDto extends WebhookDeliveryDto implements DeliveryDetails {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The event as it is sent: CloudEvents 1.0.',
    example: {
      specversion: '1.0',
      id: EVENT_ID,
      source: 'https://orders.example.com',
      type: 'order.completed',
      subject: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001',
      time: TIME,
      datacontenttype: 'application/json',
      data: {
        orderId: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001',
        status: 'Completed',
        outcome: 'fulfilled',
        revision: 12,
      },
    },
  })
  readonly event!: unknown;
  @ApiProperty({ type: [WebhookAttemptDto] })
  readonly log!: readonly WebhookAttemptDto[];
}
