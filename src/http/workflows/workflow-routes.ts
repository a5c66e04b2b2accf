import type { AnyStateMachine } from 'xstate';
import type { WorkflowShape } from './workflow.js';

/** The routes of a machine. */
export interface WorkflowRoutes<TContext> extends WorkflowShape<TContext> {
  readonly machine: AnyStateMachine;
  /** Of the routes, e.g. `returns`. */
  readonly path: string;
  /** What an operator may tell it beside `retry`, `skip` and `terminate`: `approve` is the event `return.approve`. */
  readonly commands: readonly string[];
}
