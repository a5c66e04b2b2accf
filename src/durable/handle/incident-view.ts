import type { IncidentCause } from '../draft/incident-record.js';
import type { IncidentRecord } from '../model/store.port.js';

/** An incident with its cause as an object. */
export interface IncidentView extends Omit<IncidentRecord, 'cause'> {
  readonly cause: IncidentCause;
}

export function incidentOf({ cause, ...incident }: IncidentRecord): IncidentView {
  return { ...incident, cause: JSON.parse(cause) as IncidentCause }; // written by openIncident, or by Incidents
}
