import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Response } from 'express';
import type { WebhookResult } from '../payment-inbox.js';

const RESULTS = ['accepted', 'refused', 'unknown_order', 'noted', 'ignored'] as const;

/** The response to a provider. Every result is final, so the provider need not deliver again. */
export interface WebhookReceipt {
  readonly result: (typeof RESULTS)[number];
  /** Stable code that says why the webhook was refused or ignored. */
  readonly reason?: string;
}

export class WebhookReceiptDto implements WebhookReceipt {
  @ApiProperty({
    enum: RESULTS,
    description:
      '`refused`: the order has ended; that is recorded in its history. `unknown_order`, `noted`: kept for the operator. `ignored`: of no use here.',
  })
  readonly result!: WebhookReceipt['result'];

  @ApiPropertyOptional({ example: 'order_ended', description: 'Why it was refused or ignored.' })
  readonly reason?: string;
}

/** Makes the response: 202 for an unknown order, which a person has to look into; else 200. */
export function answerReceived(response: Response, { disposition, reason }: WebhookResult): WebhookReceipt {
  const result = RESULTS.find((each) => each === disposition);
  if (result === undefined) throw new Error(`A webhook cannot be answered with ${disposition}.`);
  if (result === 'unknown_order') response.status(202);
  const tells = (result === 'refused' || result === 'ignored') && reason !== null;
  return { result, ...(tells ? { reason } : {}) };
}
