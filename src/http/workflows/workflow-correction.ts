import type { z } from 'zod';

/** Defines which data of a workflow an operator may correct before a failed step is retried. */
export interface WorkflowCorrection<TContext> {
  /** Validates the request's `patch`. */
  readonly schema: z.ZodType<Readonly<Record<string, unknown>>>;
  /** @returns a JSON merge patch of the context. Null: the workflow cannot be corrected in its current state. */
  patchOf(correction: Readonly<Record<string, unknown>>, context: TContext): Readonly<Record<string, unknown>> | null;
}
