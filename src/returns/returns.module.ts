import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { z } from 'zod';
import type { WorkflowCorrection } from '../http/workflows/index.js';
import { WorkflowModule } from '../http/workflows/workflow.module.js';
import { PaymentClient, WarehouseClient } from '../orders/ports/partner-ports.js';
import { ReturnController } from './return.controller.js';
import { returnMachine, type ReturnContext } from './return-machine.js';
import { returnRegistration } from './return-registration.js';

const details = ({ request: { reason, captured: amount, vouchedBy }, refund, lastFailure }: ReturnContext) => ({
  reason,
  amount,
  vouchedBy: vouchedBy ?? null,
  refund,
  lastFailure,
});
/** The reason that the provider is told, after it has refused the refund: what was not refused may have been carried out. */
const correction: WorkflowCorrection<ReturnContext> = {
  schema: z.strictObject({ refundReason: z.string().min(1).max(200) }),
  patchOf: (request, { refund, lastFailure }) =>
    refund === null && lastFailure?.retryable === false ? { request } : null,
};

const commands = ['approve', 'reject', 'received'];
const routes = { machine: returnMachine, path: 'returns', commands, details, correction };
const inject = [PaymentClient, WarehouseClient];

@Module({ controllers: [ReturnController] })
export class ReturnsModule {
  /** @param imports must provide the order service, and the ports of payment and warehouse. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const workflow = WorkflowModule.forFeature({ routes, imports, inject, useFactory: returnRegistration });
    return { module: ReturnsModule, imports: [...imports, workflow] };
  }
}
