import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  type FactoryProvider,
  type Type,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { AnyStateMachine } from 'xstate';
import { type DurableHandle, handleOf } from '../../durable/index.js';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../openapi/api-problem.decorator.js';
import { Caller } from '../auth/caller.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { ApiIdempotencyKey, eventKeyOf, IdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
import { HistoryQuery } from '../params/history-query.dto.js';
import { ReasonBody } from '../params/reason.dto.js';
import { OrderHistoryPageDto } from './history.dto.js';
import { invalidRequest, type RequestError, routeUnknown } from '../problem/request-error.js';
import { WorkflowDto, WorkflowListQuery, WorkflowPageDto } from './workflow.dto.js';
import { Workflow } from './workflow.js';
import { workflowOf } from './workflow-token.js';

export interface WorkflowRoutes<TContext> {
  readonly machine: AnyStateMachine;
  /** Of the routes, e.g. `returns`. */
  readonly path: string;
  /** What an operator may tell it: `approve` is the event `return.approve`. `retry` is for an incident. */
  readonly commands: readonly string[];
  readonly details: (context: TContext) => object;
}

export function workflowProvider<TContext>({ machine, details }: WorkflowRoutes<TContext>): FactoryProvider {
  return {
    provide: workflowOf(machine.id),
    inject: [handleOf(machine.id)],
    useFactory: (handle: DurableHandle<AnyStateMachine>) => new Workflow(handle, machine.id, details),
  };
}

/** Lists, reads and steers the actors of a machine: `GET /<path>`, `/<path>/:id`, `/<path>/:id/history`, `POST /<path>/:id/:command`. */
export function workflowController<TContext>({ machine, path, commands }: WorkflowRoutes<TContext>): Type<object> {
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

    @Post(':id/:command')
    @HttpCode(202)
    @Roles('operator')
    @ApiOperation({ summary: `Steer a ${name}`, description: '`retry` is for an incident.' })
    @ApiParam({ name: 'command', enum: commands })
    @ApiBody({ type: ReasonBody, required: false })
    @ApiAcceptedResponse({ type: WorkflowDto, description: 'Stored.' })
    @ApiIdempotencyKey()
    @ApiBodyProblems()
    @ApiUnknown()
    @ApiProblem(409, `${code}_not_now`, `The ${name} cannot take this where it stands.`)
    @ApiProblem(410, `${code}_ended`, `The ${name} has ended.`)
    command(
      @Param('id') id: string,
      @Param('command') command: string,
      @Body() { reason }: ReasonBody,
      @Caller() by: string,
      @IdempotencyKey() key?: string,
    ) {
      if (!commands.includes(command)) throw routeUnknown();
      const audit = { by, reason: reason ?? undefined, key: eventKeyOf(`${name}.${command}`, key) };
      return this.workflow.send(id, { command, ...audit });
    }
  }
  // Nest and the API document tell controllers apart by their names.
  Object.defineProperty(WorkflowController, 'name', { value: `${path}Controller` });
  return WorkflowController;
}

function invalidStatus(statuses: readonly string[]): RequestError {
  const message = `status must be any of ${statuses.join(', ')}`;
  return invalidRequest([{ field: 'status', rule: 'isIn', message }]);
}
