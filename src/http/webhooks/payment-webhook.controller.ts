import { Controller, HttpCode, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { OrderEndedError, OrderNotFoundError } from '../../orders/order.errors.js';
import { OrderService } from '../../orders/order.service.js';
import { tolerantValidation } from '../body/body.validation.js';
import { ApiProblem, ApiStoreProblems } from '../docs/api-problem.decorator.js';
import { Roles } from '../keys/roles.decorator.js';
import { validated } from '../orders/event.bodies.js';
import { readGuid } from '../orders/guid.js';
import { BodyMalformedError } from '../problem/request.errors.js';
import { PaymentCallback, WebhookReceiptDto, type WebhookReceipt } from './payment-callback.dto.js';
import { WebhookVerifier, type WebhookHeaders } from './webhook.verifier.js';

/**
 * Where the payment provider reports its decisions, at least once each. The signature is verified over the raw bytes
 * before they are read; the webhook's id deduplicates in the order's own transaction.
 */
@ApiTags('webhooks')
@Roles('anyone')
@Controller('webhooks/payments')
export class PaymentWebhookController {
  private readonly logger = new Logger('Webhooks');
  private readonly validation = tolerantValidation();

  constructor(
    private readonly orders: OrderService,
    private readonly verifier: WebhookVerifier,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: "The payment provider's decision", description: 'Signed in the Standard Webhooks form.' })
  @ApiHeader({ name: 'webhook-id', required: true, example: 'msg_01', description: 'The same in every delivery.' })
  @ApiHeader({ name: 'webhook-timestamp', required: true, example: '1769860800', description: 'Seconds, ±5 minutes.' })
  @ApiHeader({ name: 'webhook-signature', required: true, example: 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=' })
  @ApiBody({ type: PaymentCallback })
  @ApiOkResponse({ type: WebhookReceiptDto, description: 'Stored, or stored before, or refused for good.' })
  @ApiAcceptedResponse({ type: WebhookReceiptDto, description: 'No order has this id; logged for the operator.' })
  @ApiProblem(400, 'request_invalid', 'Signed, but not what a payment callback looks like.')
  @ApiProblem(401, 'signature_invalid', 'Nothing was read or stored.')
  @ApiProblem(413, 'body_too_large', 'The body is larger than 100 kB.')
  @ApiProblem(415, 'media_type_unsupported', 'The body is compressed.')
  @ApiStoreProblems()
  async receive(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<WebhookReceipt> {
    const bytes: unknown = request.body;
    const body = Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
    const headers = headersOf(request);
    this.verifier.verify(body, headers);
    const callback = await validated(this.validation, PaymentCallback, parse(body));
    const { orderId, paymentId } = callback.data;
    try {
      return await this.deliver(callback, `webhook:${headers['webhook-id']}`);
    } catch (error) {
      if (error instanceof OrderEndedError) return { result: 'refused', reason: error.code };
      if (!(error instanceof OrderNotFoundError)) throw error;
      this.logger.warn(
        `webhook ${headers['webhook-id']} (${callback.type}) names payment ${paymentId} of the unknown order ${orderId}`,
      );
      response.status(202);
      return { result: 'unknown_order' };
    }
  }

  private async deliver({ type, data }: PaymentCallback, key: string): Promise<WebhookReceipt> {
    const id = readGuid(data.orderId);
    if (id === null) throw new OrderNotFoundError(data.orderId);
    const { paymentId, amount } = data;
    const { result } =
      type === 'payment.accepted'
        ? await this.orders.acceptPayment(id, { paymentId, amount }, key)
        : await this.orders.rejectPayment(id, { paymentId, reason: data.reason ?? undefined }, key);
    return { result };
  }
}

/** A missing header is an empty one, which no signature fits. */
function headersOf(request: Request): WebhookHeaders {
  return {
    'webhook-id': request.get('webhook-id') ?? '',
    'webhook-timestamp': request.get('webhook-timestamp') ?? '',
    'webhook-signature': request.get('webhook-signature') ?? '',
  };
}

/** @throws BodyMalformedError */
function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch (cause) {
    throw new BodyMalformedError({ cause });
  }
}
