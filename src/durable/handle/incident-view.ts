import type { IncidentCause } from '../draft/incident-record.js';
import type { IncidentRecord } from '../model/store.port.js';

/** An incident, opened up from its stored row. */
export interface IncidentView extends Omit<IncidentRecord, 'cause'> {
  readonly cause: IncidentCause;
}

export function incidentOf({ cause, ...incident }: IncidentRecord): IncidentView {
  return { ...incident, cause: JSON.parse(cause) as IncidentCause }; // written by the draft, or by the desk
}
