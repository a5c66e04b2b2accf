import { z } from 'zod';
import { latePaymentMachine, type LatePaymentContext } from '../machine/late-payment/late-payment-machine.js';
import type { WorkflowRoutes } from '../../http/workflows/index.js';

/** The payments of orders that have ended: what became of each, and the ways out of an incident. */
export const latePaymentRoutes: WorkflowRoutes<LatePaymentContext> = {
  machine: latePaymentMachine,
  path: 'late-payments',
  commands: [],
  details: ({ reason, found, captured, refund, lastFailure }) => ({ reason, found, captured, refund, lastFailure }),
  correction: {
    schema: z.strictObject({ refundReason: z.string().min(1).max(200) }),
    // After a refusal of the refund alone: what was not refused may have been carried out.
    patchOf: ({ refundReason: reason }, { step, lastFailure }) =>
      step === 'refundLatePayment' && lastFailure?.retryable === false ? { reason, isCorrected: true } : null,
  },
};
