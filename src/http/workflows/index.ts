/** Building blocks for the routes of a workflow that is not an order. */
export { ApiProblem } from '../openapi/api-problem.decorator.js';
export { Roles } from '../auth/roles.decorator.js';
export { ApiOrderId } from '../params/api-order-id.decorator.js';
export { IdempotencyKey } from '../../idempotency/idempotency-key.decorator.js';
export { OrderIdPipe } from '../params/order-id.pipe.js';
export { FeatureError } from '../problem/feature-error.js';
export { ApiStarted } from './api-started.decorator.js';
export { GivenReasonBody } from './workflow.dto.js';
export { SkipBody } from './workflow-steering.dto.js';
export { Workflow } from './workflow.js';
export type { WorkflowCorrection } from './workflow-correction.js';
export { workflowControllers, workflowProvider } from './workflow.controller.js';
export type { WorkflowRoutes } from './workflow-routes.js';
export { workflowOf } from './workflow-token.js';
