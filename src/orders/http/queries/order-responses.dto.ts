import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ORDER_OUTCOMES, OrderStatus } from '../../machine/order/order-status.js';
import type { OrderDetails, OrderRuntimeStatus, OrderStatusView, OrderSummary } from '../../views/order-views.js';
import type { CommandReceipt } from '../../order.service.js';
import type { OrderWait } from '../../views/order-wait.js';
import type { OrderLinks, PlacedOrder } from './order-links.js';

/*
 * The answers as OpenAPI schemas. `implements` keeps them in step with what the domain gives.
 */

const ORDER_ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const URL = `http://localhost:3000/order/${ORDER_ID}`;
const TIME = '2026-01-31T12:00:00.000Z';

class OrderLinksDto implements OrderLinks {
  @ApiProperty({ example: ORDER_ID })
  readonly id!: string;
  @ApiProperty({ example: `${URL}/status` })
  readonly statusQueryGetUri!: string;
  @ApiProperty({ example: `${URL}/events/{eventName}`, description: 'Put the name in place of `{eventName}`.' })
  readonly sendEventPostUri!: string;
  @ApiProperty({ example: `${URL}/terminate` })
  readonly terminatePostUri!: string;
  @ApiProperty({ example: `${URL}/suspend` })
  readonly suspendPostUri!: string;
  @ApiProperty({ example: `${URL}/resume` })
  readonly resumePostUri!: string;
  @ApiProperty({ example: `${URL}/restart` })
  readonly restartPostUri!: string;
  @ApiProperty({ example: URL, description: 'DELETE it once the order has ended.' })
  readonly purgeHistoryDeleteUri!: string;
}

export class PlacedOrderDto extends OrderLinksDto implements PlacedOrder {
  @ApiPropertyOptional({
    example: `order_${ORDER_ID}_tLxH9aU3mQm0g1S7uMZc0bq1o0k3tG2Vb6yWnXw5rJI`,
    description:
      'For the customer: as `Authorization: Bearer …` it lets them follow and cancel this order, and nothing else.',
  })
  readonly orderToken?: string;
}

export class OrderWaitDto implements OrderWait {
  @ApiProperty({ enum: ['activity', 'retry', 'payment', 'operator'], example: 'payment' })
  readonly for!: OrderWait['for'];
  @ApiPropertyOptional({
    example: 'reserveProducts',
    description: 'The activity, or for an operator what happened: `payment_mismatch`, `suspended`, `machine_failed`.',
  })
  readonly name?: string;
  @ApiPropertyOptional({ example: 1, description: 'The try that is running or comes next, from 1.' })
  readonly attempt?: number;
  @ApiPropertyOptional({ example: TIME, format: 'date-time', description: 'When the order goes on by itself.' })
  readonly until?: string;
}

export class OrderStatusDto implements OrderStatusView {
  @ApiProperty({ example: ORDER_ID })
  readonly id!: string;
  @ApiProperty({ enum: OrderStatus, example: OrderStatus.AwaitingPayment })
  readonly status!: string;
  @ApiProperty({ enum: ORDER_OUTCOMES, nullable: true, example: null })
  readonly outcome!: string | null;
  @ApiProperty({ type: OrderWaitDto, nullable: true })
  readonly waitingFor!: OrderWaitDto | null;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly updatedAt!: string;
}

export class OrderSummaryDto extends OrderStatusDto implements OrderSummary {
  @ApiProperty({ enum: ['Running', 'Suspended', 'Completed', 'Failed', 'Terminated'], example: 'Running' })
  readonly runtimeStatus!: OrderRuntimeStatus;
  @ApiProperty({ example: false, description: 'A person is needed.' })
  readonly incident!: boolean;
  @ApiProperty({ type: String, nullable: true, example: '11111111-1111-4111-8111-111111111111' })
  readonly sessionId!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'a1111111-1111-4111-8111-111111111111' })
  readonly userId!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'web-7f3a' })
  readonly correlationId!: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'pay_01' })
  readonly paymentId!: string | null;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ type: String, nullable: true, example: null, format: 'date-time' })
  readonly completedAt!: string | null;
}

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

export class OrderDetailsDto extends OrderSummaryDto implements OrderDetails {
  @ApiProperty({ example: 7 })
  readonly revision!: number;
  @ApiProperty({ example: '1' })
  readonly machineVersion!: string;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it did not end as fulfilled.' })
  readonly reason!: string | null;
  @ApiProperty({ ...ANY_OBJECT, example: { activity: 'startPayment', failures: 0, lastFailure: null } })
  readonly attempts!: OrderDetails['attempts'];
  @ApiProperty({
    ...ANY_OBJECT,
    nullable: true,
    example: {
      paymentId: 'pay_01',
      checkoutUrl: 'http://localhost:3001/payments/pay_01/checkout',
      amount: { amount: 16_680, currency: 'EUR' },
    },
  })
  readonly payment!: OrderDetails['payment'];
  @ApiProperty({
    type: 'array',
    items: ANY_OBJECT,
    example: [],
    description:
      'Payments reported as accepted when the order wanted none any more: `{id, paymentId, outcome, incident}`. What was ' +
      'captured is given back (`refunded`). `id` has a history of its own at `/late-payments/{id}`.',
  })
  readonly latePayments!: OrderDetails['latePayments'];
  @ApiProperty({ ...ANY_OBJECT, description: "The machine's context; secrets and personal data are hidden." })
  readonly context!: unknown;
}

export class OrderPageDto {
  @ApiProperty({ type: [OrderSummaryDto] })
  readonly items!: readonly OrderSummaryDto[];
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Ask with `cursor` for the next page.' })
  readonly next!: string | null;
}

const RECEIPT_EVENTS = [
  'payment.accepted',
  'payment.rejected',
  'order.cancel',
  'order.retry',
  'order.suspend',
  'order.resume',
  'order.terminate',
  'order.skip',
] as const satisfies CommandReceipt['event'][];

export class CommandReceiptDto implements CommandReceipt {
  @ApiProperty({ example: ORDER_ID })
  readonly id!: string;
  @ApiProperty({ enum: RECEIPT_EVENTS, example: 'order.cancel' })
  readonly event!: CommandReceipt['event'];
  @ApiProperty({ enum: ['accepted'], description: 'Stored: the order took it, or keeps it until it can.' })
  readonly result!: 'accepted';
}
