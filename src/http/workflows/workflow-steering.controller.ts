import { applyDecorators, Body, Controller, HttpCode, Inject, Param, Post, type Type } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { AnyStateMachine } from 'xstate';
import { Audited } from '../auth/audited.decorator.js';
import { Caller } from '../auth/caller.decorator.js';
import { Roles } from '../auth/roles.decorator.js';
import { ApiIdempotencyKey, eventKeyOf, IdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../openapi/api-problem.decorator.js';
import { ReasonBody } from '../params/reason.dto.js';
import { routeUnknown } from '../problem/request-error.js';
import type { WorkflowRoutes } from './workflow-routes.js';
import { WorkflowDto } from './workflow.dto.js';
import { SkipBody, WorkflowRetryBody } from './workflow-steering.dto.js';
import { Workflow } from './workflow.js';
import { workflowOf } from './workflow-token.js';

/** Makes the routes that resolve an incident of any workflow: `POST /<path>/:id/retry`, `/skip`, `/terminate`. */
export function workflowSteering<TContext>({ machine: { id: name }, path }: WorkflowRoutes<TContext>): Type<object> {
  const code = codeOf(name);
  const ApiSteering = apiSteering(name);

  @ApiTags(path)
  @ApiStoreProblems()
  @Controller(path)
  class WorkflowSteeringController {
    constructor(@Inject(workflowOf(name)) readonly workflow: Workflow<AnyStateMachine>) {}

    @Post(':id/retry')
    @ApiSteering(
      `Try the failed step of a ${name} again`,
      'For an incident; corrected first, where the step was refused.',
    )
    @Audited(`${code}.retried`)
    @ApiBody({ type: WorkflowRetryBody, required: false })
    @ApiProblem(
      409,
      `${code}_not_now`,
      `The ${name} has no incident, or cannot be corrected like this (\`${code}_correction_misfit\`).`,
    )
    retry(
      @Param('id') id: string,
      @Body() { reason, patch }: WorkflowRetryBody,
      @Caller() by: string,
      @IdempotencyKey() key?: string,
    ) {
      return this.workflow.retry(id, auditOf(name, 'retry', by, reason, key), patch);
    }

    @Post(':id/skip')
    @ApiSteering(
      `Complete the failed step of a ${name} with an output of your own`,
      'For what was done by hand, or done although its answer was lost. The partner is **not** asked.',
    )
    @Audited(`${code}.skipped`)
    @ApiBody({ type: SkipBody })
    @ApiProblem(
      409,
      `${code}_not_now`,
      `The ${name} has no incident, or none at a step that could be skipped (\`${code}_skip_misfit\`).`,
    )
    skip(
      @Param('id') id: string,
      @Body() { reason, activityId, output }: SkipBody,
      @Caller() by: string,
      @IdempotencyKey() key?: string,
    ) {
      const audit = auditOf(name, 'skip', by, reason, key);
      return this.workflow.skip(id, { ...audit, activityId: activityId ?? undefined, output });
    }

    @Post(':id/terminate')
    @ApiSteering(`End a ${name} where it stands`, 'A last resort: nothing is undone, and nothing more is done.')
    @Audited(`${code}.terminated`)
    @ApiBody({ type: ReasonBody, required: false })
    @ApiProblem(409, `${code}_not_now`, `The ${name} has failed: it can be retried.`)
    terminate(
      @Param('id') id: string,
      @Body() { reason }: ReasonBody,
      @Caller() by: string,
      @IdempotencyKey() key?: string,
    ) {
      return this.workflow.terminate(id, auditOf(name, 'terminate', by, reason, key));
    }
  }
  return named(WorkflowSteeringController, `${path}Controller`);
}

/**
 * Makes the route for the commands of the machine: `POST /<path>/:id/:command`. Register it after the routes with fixed
 * names, because its pattern matches them, too.
 */
export function workflowCommands<TContext>({
  machine: { id: name },
  path,
  commands,
}: WorkflowRoutes<TContext>): Type<object> {
  const code = codeOf(name);
  const ApiSteering = apiSteering(name);

  @ApiTags(path)
  @ApiStoreProblems()
  @Controller(path)
  class WorkflowCommandController {
    constructor(@Inject(workflowOf(name)) readonly workflow: Workflow<AnyStateMachine>) {}

    @Post(':id/:command')
    @ApiSteering(`Steer a ${name}`, 'What its chart takes from a person.')
    @Audited(`${code}.commanded`)
    @ApiParam({ name: 'command', enum: commands })
    @ApiBody({ type: ReasonBody, required: false })
    @ApiProblem(409, `${code}_not_now`, `The ${name} cannot take this where it stands.`)
    command(
      @Param('id') id: string,
      @Param('command') command: string,
      @Body() { reason }: ReasonBody,
      @Caller() by: string,
      @IdempotencyKey() key?: string,
    ) {
      if (!commands.includes(command)) throw routeUnknown();
      return this.workflow.send(id, command, auditOf(name, command, by, reason, key));
    }
  }
  return named(WorkflowCommandController, `${path}Controller`);
}

const codeOf = (name: string): string => name.replaceAll('-', '_');

const apiSteering = (name: string) => (summary: string, description: string) =>
  applyDecorators(
    HttpCode(202),
    Roles('operator'),
    ApiOperation({ summary, description }),
    ApiAcceptedResponse({ type: WorkflowDto, description: 'Stored.' }),
    ApiIdempotencyKey(),
    ApiBodyProblems(),
    ApiProblem(404, `${codeOf(name)}_not_found`, `No ${name} has this id.`),
    ApiProblem(410, `${codeOf(name)}_ended`, `The ${name} has ended.`),
  );

/** Names a controller. The API document makes the id of an operation of the names of its controller and its method. */
function named(controller: Type<object>, name: string): Type<object> {
  Object.defineProperty(controller, 'name', { value: name });
  return controller;
}

function auditOf(
  name: string,
  command: string,
  by: string,
  reason: string | null | undefined,
  key: string | undefined,
) {
  return { by, reason: reason ?? undefined, key: eventKeyOf(`${name}.${command}`, key) };
}
