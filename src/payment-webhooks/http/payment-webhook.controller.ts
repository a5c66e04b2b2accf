import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { PaymentInbox } from '../payment-inbox.js';
import type { PaymentReport } from '../payment-report.js';
import { tolerantValidation } from '../../http/validation/body-validation.js';
import { ApiProblem, ApiStoreProblems } from '../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { validated } from '../../orders/http/commands/event-dispatch.js';
import { readGuid } from '../../http/validation/guid.js';
import { invalidRequest, RequestError } from '../../http/problem/request-error.js';
import { PaymentCallback } from './payment-callback.dto.js';
import { parseWebhook, rawBodyOf } from './webhook-body.js';
import { answerReceived, WebhookReceiptDto, type WebhookReceipt } from './webhook-receipt.js';
import { WebhookVerifier, type WebhookHeaders } from './webhook-verifier.js';

/**
 * Receives the payment provider's decisions, each at least once. It verifies the signature over the raw bytes before it
 * parses them. The order's own transaction deduplicates by the webhook's id.
 */
@ApiTags('webhooks')
@Roles('anyone')
@Controller('webhooks/payments')
export class PaymentWebhookController {
  private readonly validation = tolerantValidation();

  constructor(
    private readonly inbox: PaymentInbox,
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
  @ApiAcceptedResponse({ type: WebhookReceiptDto, description: 'No order has this id; stored for the operator.' })
  @ApiProblem(400, 'request_invalid', 'Signed, but not what a payment callback looks like.')
  @ApiProblem(401, 'signature_invalid', 'Nothing was read or stored.')
  @ApiProblem(413, 'body_too_large', 'The body is larger than 100 kB.')
  @ApiProblem(415, 'media_type_unsupported', 'The body is compressed.')
  @ApiProblem(429, 'rate_limited', 'Too many webhooks of this sender. Wait as Retry-After says.')
  @ApiStoreProblems()
  async receive(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<WebhookReceipt> {
    const bytes = rawBodyOf(request);
    const headers = headersOf(request);
    this.verifier.verify(bytes, headers);
    const envelope = { source: 'payments', eventId: readEventId(headers['webhook-id']) } as const;
    let body: unknown = { bytes: bytes.length };
    try {
      body = parseWebhook(bytes);
      const callback = await validated(this.validation, PaymentCallback, body);
      const report = reportOf(callback);
      const orderId = readGuid(callback.data.orderId);
      return answerReceived(
        response,
        await this.inbox.receive({ ...envelope, type: callback.type, body, orderId, report }),
      );
    } catch (error) {
      if (error instanceof RequestError) {
        const unread = { disposition: 'invalid', reason: error.code } as const;
        await this.inbox.receive({ ...envelope, type: 'unknown', body, orderId: null, report: null, unread });
      }
      throw error;
    }
  }
}

function reportOf({ type, data }: PaymentCallback): PaymentReport {
  const { orderId, paymentId, amount, reason } = data;
  switch (type) {
    case 'payment.accepted':
      return { type, orderId, paymentId, amount: { amount: amount.amount, currency: amount.currency } };
    case 'payment.declined':
    case 'payment.rejected':
      return { type, orderId, paymentId, reason: reason ?? null };
    case 'payment.canceled':
    case 'payment.expired':
      return { type: 'payment.rejected', orderId, paymentId, reason: reason ?? type.slice('payment.'.length) };
  }
}

/** Makes an empty header of a missing one. No signature fits an empty header. */
function headersOf(request: Request): WebhookHeaders {
  return {
    'webhook-id': request.get('webhook-id') ?? '',
    'webhook-timestamp': request.get('webhook-timestamp') ?? '',
    'webhook-signature': request.get('webhook-signature') ?? '',
  };
}

/** @throws RequestError when the id cannot be a key: it is too long or has invisible characters. */
function readEventId(id: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(id)) return id;
  const message = 'webhook-id must be 1 to 200 visible ASCII characters';
  throw invalidRequest([{ field: 'webhook-id', rule: 'matches', message }]);
}
