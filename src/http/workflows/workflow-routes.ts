import type { AnyStateMachine } from 'xstate';
import type { WorkflowShape } from './workflow.js';

/** The routes of a machine. */
export interface WorkflowRoutes<TContext> extends WorkflowShape<TContext> {
  readonly machine: AnyStateMachine;
  /** First segment of the path of all routes, e.g. `returns`. */
  readonly path: string;
  /**
   * Commands of an operator in addition to `retry`, `skip` and `terminate`. The command `approve` of the machine
   * `return` sends the event `return.approve`.
   */
  readonly commands: readonly string[];
}
