import { Module, type DynamicModule } from '@nestjs/common';
import type { AnyStateMachine } from 'xstate';
import { DurableModule, type FeatureAsyncOptions } from '../../durable/index.js';
import { workflowControllers, workflowProvider } from './workflow.controller.js';
import type { WorkflowRoutes } from './workflow-routes.js';
import { workflowOf } from './workflow-token.js';

/** Registers a durable machine and its routes. It exports the {@link Workflow} that starts actors of the machine. */
@Module({})
export class WorkflowModule {
  static forFeature<TMachine extends AnyStateMachine, TContext>({
    routes,
    ...feature
  }: Omit<FeatureAsyncOptions<TMachine>, 'machineId'> & { readonly routes: WorkflowRoutes<TContext> }): DynamicModule {
    const { id: machineId } = routes.machine;
    return {
      module: WorkflowModule,
      imports: [DurableModule.forFeatureAsync<TMachine>({ ...feature, machineId })],
      controllers: workflowControllers(routes),
      providers: [workflowProvider(routes)],
      exports: [workflowOf(machineId)],
    };
  }
}
