import type { z } from 'zod';

/** What an operator may correct of a workflow before a step that was refused is tried again. */
export interface WorkflowCorrection<TContext> {
  /** Of the request's `patch`. */
  readonly schema: z.ZodType<Readonly<Record<string, unknown>>>;
  /** @returns a JSON merge patch of the context; null where the workflow cannot be corrected where it stands. */
  patchOf(correction: Readonly<Record<string, unknown>>, context: TContext): Readonly<Record<string, unknown>> | null;
}
