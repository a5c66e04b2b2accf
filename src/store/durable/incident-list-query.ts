import type { EntityManager } from 'typeorm';
import type { IncidentPageRequest, IncidentRecord } from '../../durable/store.js';
import { IncidentEntity } from '../entities/incident.entity.js';
import { incidentRecord } from './durable-rows.js';

/** Reads one page of incidents, newest first. */
export async function findIncidents(
  entities: EntityManager,
  { machineId, subjectId, kind, open, limit, before }: IncidentPageRequest,
): Promise<IncidentRecord[]> {
  const query = entities
    .createQueryBuilder(IncidentEntity, 'incident')
    .orderBy('incident.openedAt', 'DESC')
    .addOrderBy('incident.incidentId', 'DESC')
    .limit(limit);
  if (machineId !== undefined) query.andWhere('incident.machineId = :machineId', { machineId });
  if (subjectId !== undefined) query.andWhere('incident.subjectId = :subjectId', { subjectId });
  if (kind !== undefined) query.andWhere('incident.kind IN (:...kind)', { kind });
  // These are literals, so that the planner can use the index of open incidents.
  if (open !== undefined) query.andWhere(`incident.resolvedAt IS ${open ? '' : 'NOT '}NULL`);
  if (before !== undefined) {
    query.andWhere('(incident.openedAt, incident.incidentId) < (:openedAt, :incidentId)', before);
  }
  return (await query.getMany()).map((entity) => incidentRecord(Object.fromEntries(Object.entries(entity))));
}
