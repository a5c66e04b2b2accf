import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { WorkflowModule } from '../http/workflows/workflow.module.js';
import { PaymentClient, WarehouseClient } from '../orders/ports/partner-ports.js';
import { ReturnController } from './return.controller.js';
import { returnMachine, type ReturnContext } from './return-machine.js';
import { returnRegistration } from './return-registration.js';

const details = ({ request: { reason, captured: amount }, refund }: ReturnContext) => ({ reason, amount, refund });
const commands = ['approve', 'reject', 'received', 'retry'];
const routes = { machine: returnMachine, path: 'returns', commands, details };
const inject = [PaymentClient, WarehouseClient];

@Module({ controllers: [ReturnController] })
export class ReturnsModule {
  /** @param imports must provide the order service, and the ports of payment and warehouse. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const workflow = WorkflowModule.forFeature({ routes, imports, inject, useFactory: returnRegistration });
    return { module: ReturnsModule, imports: [...imports, workflow] };
  }
}
