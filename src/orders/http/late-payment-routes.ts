import { latePaymentMachine, type LatePaymentContext } from '../machine/late-payment/late-payment-machine.js';
import type { WorkflowRoutes } from '../../http/workflows/index.js';

/** The payments of orders that have ended: what became of each, and a way to have an incident tried again. */
export const latePaymentRoutes: WorkflowRoutes<LatePaymentContext> = {
  machine: latePaymentMachine,
  path: 'late-payments',
  commands: ['retry'],
  details: ({ reason, found, captured, refund, lastFailure }) => ({ reason, found, captured, refund, lastFailure }),
};
