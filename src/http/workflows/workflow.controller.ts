import { Controller, Get, Header, Inject, Param, Query, type FactoryProvider, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AnyStateMachine } from 'xstate';
import { type DurableHandle, handleOf } from '../../durable/index.js';
import { ApiProblem, ApiStoreProblems } from '../openapi/api-problem.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { HistoryQuery } from '../params/history-query.dto.js';
import { OrderHistoryPageDto } from './history.dto.js';
import { invalidRequest, type RequestError } from '../problem/request-error.js';
import { WorkflowDto, WorkflowListQuery, WorkflowPageDto } from './workflow.dto.js';
import { workflowCommands, workflowSteering } from './workflow-steering.controller.js';
import type { WorkflowRoutes } from './workflow-routes.js';
import { Workflow } from './workflow.js';
import { workflowOf } from './workflow-token.js';

export function workflowProvider<TContext>({ machine, ...shape }: WorkflowRoutes<TContext>): FactoryProvider {
  return {
    provide: workflowOf(machine.id),
    inject: [handleOf(machine.id)],
    useFactory: (handle: DurableHandle<AnyStateMachine>) => new Workflow(handle, machine.id, shape),
  };
}

/** All routes of a machine. The route `/:id/:command` comes last, because its pattern matches the fixed names, too. */
export function workflowControllers<TContext>(routes: WorkflowRoutes<TContext>): Type<object>[] {
  const commands = routes.commands.length > 0 ? [workflowCommands(routes)] : [];
  return [workflowReads(routes), workflowSteering(routes), ...commands];
}

/** `GET /<path>`, `/<path>/:id`, `/<path>/:id/history`. */
function workflowReads<TContext>({ machine, path }: WorkflowRoutes<TContext>): Type<object> {
  const { id: name } = machine;
  const code = name.replaceAll('-', '_');
  const statuses = Object.keys(machine.states);
  const ApiUnknown = () => ApiProblem(404, `${code}_not_found`, `No ${name} has this id.`);

  @ApiTags(path)
  @ApiStoreProblems()
  @Controller(path)
  class WorkflowController {
    constructor(@Inject(workflowOf(name)) readonly workflow: Workflow<AnyStateMachine>) {}

    @Get()
    @Roles('operator')
    @Header('Cache-Control', 'no-store')
    @ApiOperation({ summary: `List ${path}`, description: 'Newest first, in pages of a stable order.' })
    @ApiOkResponse({ type: WorkflowPageDto })
    @ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.')
    list(@Query() { limit, cursor, status, outcome, incident }: WorkflowListQuery) {
      if (status?.some((each) => !statuses.includes(each))) throw invalidStatus(statuses);
      const filter = { status, outcome, ...(incident && { incident: incident === 'true' }) };
      return this.workflow.list(filter, { ...(limit && { limit }), ...(cursor && { cursor }) });
    }

    @Get(':id')
    @Roles('client')
    @Header('Cache-Control', 'no-store')
    @ApiOperation({ summary: `Where a ${name} stands` })
    @ApiOkResponse({ type: WorkflowDto })
    @ApiUnknown()
    get(@Param('id') id: string) {
      return this.workflow.get(id);
    }

    @Get(':id/history')
    @Roles('client')
    @Header('Cache-Control', 'no-store')
    @ApiOperation({ summary: `What happened to a ${name}`, description: 'Oldest first, without a gap, redacted.' })
    @ApiOkResponse({ type: OrderHistoryPageDto })
    @ApiProblem(400, 'request_invalid', 'A parameter is invalid.')
    @ApiUnknown()
    history(@Param('id') id: string, @Query() { after, limit }: HistoryQuery) {
      return this.workflow.history(id, { after, limit });
    }
  }
  // Nest and the API document identify controllers by their names.
  Object.defineProperty(WorkflowController, 'name', { value: `${path}Controller` });
  return WorkflowController;
}

function invalidStatus(statuses: readonly string[]): RequestError {
  const message = `status must be any of ${statuses.join(', ')}`;
  return invalidRequest([{ field: 'status', rule: 'isIn', message }]);
}
