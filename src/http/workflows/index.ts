/** What the routes of a workflow beside orders are made of. */
export { ApiProblem } from '../docs/api-problem.decorator.js';
export { Roles } from '../keys/roles.decorator.js';
export { ApiOrderId } from '../orders/api-order-id.decorator.js';
export { IdempotencyKey } from '../orders/idempotency-key.decorator.js';
export { OrderIdPipe } from '../orders/order-id.pipe.js';
export { FeatureError } from '../problem/feature.error.js';
export { ApiStarted } from './api-started.decorator.js';
export { GivenReasonBody } from './workflow.dto.js';
export { Workflow } from './workflow.js';
export { workflowOf } from './workflow.token.js';
