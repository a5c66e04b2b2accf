import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { PaymentInbox, type VerifiedWebhook } from '../payment-inbox.js';
import { ApiProblem, ApiStoreProblems } from '../../http/openapi/api-problem.decorator.js';
import { Roles } from '../../http/auth/roles.decorator.js';
import { readGuid } from '../../http/validation/guid.js';
import { invalidRequest } from '../../http/problem/request-error.js';
import { orderNamedIn, readStripeEvent, stripeEventSchema, type StripeEvent } from './stripe-event.js';
import { StripeSignature } from './stripe-signature.js';
import { parseWebhook, rawBodyOf } from '../http/webhook-body.js';
import { answerReceived, WebhookReceiptDto, type WebhookReceipt } from '../http/webhook-receipt.js';

const EXAMPLE = {
  id: 'evt_1QXyZ2',
  object: 'event',
  type: 'payment_intent.succeeded',
  data: {
    object: {
      id: 'pi_3QXyZ2',
      amount_received: 16_680,
      currency: 'eur',
      metadata: { orderId: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' },
    },
  },
};

/** Receives webhooks in the form of Stripe. The metadata of the event's object has the order's id. */
@ApiTags('webhooks')
@Roles('anyone')
@Controller('webhooks/stripe')
export class StripeWebhookController {
  constructor(
    private readonly inbox: PaymentInbox,
    private readonly signature: StripeSignature,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: "The payment provider's decision, as Stripe tells it",
    description:
      'Signed as Stripe signs. Acts on `payment_intent.succeeded` and `canceled`, and on `checkout.session.completed`, `async_payment_succeeded`, `async_payment_failed` and `expired`. A declined try, refunds and disputes are noted for a person; what else there is, is ignored and on record. `metadata.orderId` names the order; without it the order that asked for the payment is meant.',
  })
  @ApiHeader({
    name: 'stripe-signature',
    required: true,
    example: 't=1769860800,v1=5257a869…',
    description: '±5 minutes.',
  })
  @ApiBody({ schema: { type: 'object', additionalProperties: true, example: EXAMPLE } })
  @ApiOkResponse({ type: WebhookReceiptDto, description: 'Stored, or stored before, or refused for good, or ignored.' })
  @ApiAcceptedResponse({ type: WebhookReceiptDto, description: 'No order has this id; stored for the operator.' })
  @ApiProblem(400, 'request_invalid', 'Signed, but not what an event of its type looks like.')
  @ApiProblem(401, 'signature_invalid', 'Nothing was read or stored.')
  @ApiProblem(413, 'body_too_large', 'The body is larger than 100 kB.')
  @ApiProblem(415, 'media_type_unsupported', 'The body is compressed.')
  @ApiProblem(429, 'rate_limited', 'Too many webhooks of this sender. Wait as Retry-After says.')
  @ApiStoreProblems()
  async receive(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<WebhookReceipt> {
    const bytes = rawBodyOf(request);
    this.signature.verify(bytes, request.get('stripe-signature') ?? '');
    const body = parseWebhook(bytes);
    const event = stripeEventSchema.safeParse(body);
    if (!event.success) throw invalid(event.error.issues);
    const result = await this.inbox.receive(verified(event.data, body));
    if (result.disposition === 'invalid') throw invalid([{ path: ['data', 'object'], message: 'is not as expected' }]);
    return answerReceived(response, result);
  }
}

function verified(event: StripeEvent, body: unknown): VerifiedWebhook {
  const reading = readStripeEvent(event);
  const envelope = { source: 'stripe', eventId: event.id, type: event.type, body } as const;
  if (reading.kind !== 'report') {
    const unread = { disposition: reading.kind, reason: reading.reason };
    return { ...envelope, orderId: readGuid(orderNamedIn(event) ?? ''), report: null, unread };
  }
  const { report } = reading;
  return { ...envelope, orderId: report.orderId === null ? null : readGuid(report.orderId), report };
}

function invalid(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): Error {
  return invalidRequest(
    issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'body', rule: 'stripeEvent', message })),
  );
}
