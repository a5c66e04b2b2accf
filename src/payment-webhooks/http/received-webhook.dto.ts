import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { PaymentReport } from '../payment-report.js';
import {
  WEBHOOK_DISPOSITIONS,
  WEBHOOK_SOURCES,
  type ReceivedWebhook,
  type WebhookDisposition,
  type WebhookReplay,
  type WebhookSource,
} from '../received-webhook.port.js';
import { iso } from '../../orders/views/order-views.js';
import { AsList, PageQuery } from '../../http/params/page-query.dto.js';

const TIME = '2026-01-31T12:00:00.000Z';
const ORDER_ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

export class ReceivedWebhookQuery extends PageQuery {
  @ApiPropertyOptional({ enum: WEBHOOK_DISPOSITIONS, isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(WEBHOOK_DISPOSITIONS, { each: true })
  readonly disposition?: WebhookDisposition[];

  @ApiPropertyOptional({ enum: WEBHOOK_SOURCES })
  @IsOptional()
  @IsIn(WEBHOOK_SOURCES)
  readonly source?: WebhookSource;

  @ApiPropertyOptional({ description: 'Webhooks that name this order.', format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  readonly orderId?: string;
}

/** A received webhook as operators see it. Times are ISO 8601. */
export interface ReceivedWebhookView {
  readonly id: string;
  readonly source: WebhookSource;
  readonly eventId: string;
  readonly type: string;
  readonly orderId: string | null;
  readonly report: PaymentReport | null;
  readonly disposition: WebhookDisposition;
  readonly reason: string | null;
  readonly receivedAt: string;
  readonly lastReceivedAt: string;
  readonly deliveries: number;
  readonly settledAt: string | null;
  readonly replays: readonly WebhookReplayView[];
}

interface WebhookReplayView {
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
  readonly disposition: WebhookDisposition;
}

export interface ReceivedWebhookDetails extends ReceivedWebhookView {
  /** Redacted. */
  readonly body: unknown;
}

class WebhookReplayDto implements WebhookReplayView {
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ example: 'anna' })
  readonly by!: string;
  @ApiProperty({ type: String, nullable: true, example: 'The order was restored.' })
  readonly reason!: string | null;
  @ApiProperty({ enum: WEBHOOK_DISPOSITIONS, example: 'accepted' })
  readonly disposition!: WebhookDisposition;
}

export class ReceivedWebhookDto implements ReceivedWebhookView {
  @ApiProperty({ example: 'payments:msg_01', description: 'Source and event id.' })
  readonly id!: string;
  @ApiProperty({ enum: WEBHOOK_SOURCES, example: 'payments' })
  readonly source!: WebhookSource;
  @ApiProperty({ example: 'msg_01', description: "The sender's, the same in every delivery." })
  readonly eventId!: string;
  @ApiProperty({ example: 'payment.accepted', description: "In the sender's words." })
  readonly type!: string;
  @ApiProperty({ type: String, nullable: true, example: ORDER_ID })
  readonly orderId!: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The report that was read from the body; null when it holds none.',
    example: {
      type: 'payment.accepted',
      orderId: ORDER_ID,
      paymentId: 'pay_01',
      amount: { amount: 16_680, currency: 'EUR' },
    },
  })
  readonly report!: PaymentReport | null;
  @ApiProperty({
    enum: WEBHOOK_DISPOSITIONS,
    example: 'accepted',
    description:
      '`received`: under way, or its process died. `refused`: its order has ended. `noted`: for a person. `ignored`: of no use. `invalid`: signed, but not understood.',
  })
  readonly disposition!: WebhookDisposition;
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly reason!: string | null;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly receivedAt!: string;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly lastReceivedAt!: string;
  @ApiProperty({ example: 1 })
  readonly deliveries!: number;
  @ApiProperty({ type: String, nullable: true, example: TIME, format: 'date-time' })
  readonly settledAt!: string | null;
  @ApiProperty({ type: [WebhookReplayDto] })
  readonly replays!: readonly WebhookReplayDto[];
}

export class ReceivedWebhookDetailsDto extends ReceivedWebhookDto implements ReceivedWebhookDetails {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'The body, redacted.',
    example: { type: 'payment.accepted', data: { orderId: ORDER_ID, paymentId: 'pay_01' } },
  })
  readonly body!: unknown;
}

export class ReceivedWebhookPageDto {
  @ApiProperty({ type: [ReceivedWebhookDto] })
  readonly items!: readonly ReceivedWebhookDto[];
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly next!: string | null;
}

export function receivedOf(webhook: ReceivedWebhook): ReceivedWebhookView {
  const { webhookId: id, source, eventId, type, orderId, report, disposition, reason, deliveries } = webhook;
  return {
    ...{ id, source, eventId, type, orderId, disposition, reason, deliveries },
    report: report === null ? null : (JSON.parse(report) as PaymentReport), // the inbox wrote it
    receivedAt: iso(webhook.receivedAt),
    lastReceivedAt: iso(webhook.lastReceivedAt),
    settledAt: webhook.settledAt === null ? null : iso(webhook.settledAt),
    replays: webhook.replays.map(replayOf),
  };
}

export function receivedDetailsOf(webhook: ReceivedWebhook): ReceivedWebhookDetails {
  return { ...receivedOf(webhook), body: JSON.parse(webhook.body) as unknown };
}

const replayOf = ({ at, by, reason, disposition }: WebhookReplay): WebhookReplayView => ({
  at: iso(at),
  by,
  reason,
  disposition,
});
