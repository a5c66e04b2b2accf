/** Injects the {@link import('./workflow.js').Workflow} of a machine. */
export const workflowOf = (machineId: string): string => `Workflow:${machineId}`;
