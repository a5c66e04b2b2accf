import type { EntityManager } from 'typeorm';
import type { EndedRequest } from '../../durable/store.js';
import { ActorEntity } from '../entities/actor.entity.js';

/** Finds ids of actors that may be purged. The actors that ended first come first. */
export async function findEnded(
  entities: EntityManager,
  { machineId, endedBefore, outcomes, exceptOutcomes = [], limit }: EndedRequest,
): Promise<string[]> {
  const query = entities
    .createQueryBuilder(ActorEntity, 'actor')
    .select('actor.actorId')
    .where('actor.completedAt < :endedBefore', { endedBefore })
    .andWhere('actor.machineId = :machineId', { machineId })
    .andWhere("actor.runtimeStatus IN ('completed', 'terminated')")
    .orderBy('actor.completedAt', 'ASC')
    .addOrderBy('actor.actorId', 'ASC')
    .limit(limit);
  if (outcomes !== undefined) {
    const words = outcomes.filter((outcome) => outcome !== null);
    const wanted = [
      ...(words.length > 0 ? ['actor.outcome IN (:...words)'] : []),
      ...(outcomes.includes(null) ? ['actor.outcome IS NULL'] : []),
    ];
    // An empty condition is not valid SQL. An empty list matches no actor.
    query.andWhere(wanted.length === 0 ? '1 = 0' : `(${wanted.join(' OR ')})`, { words });
  }
  if (exceptOutcomes.length > 0) {
    query.andWhere('(actor.outcome IS NULL OR actor.outcome NOT IN (:...excepted))', { excepted: exceptOutcomes });
  }
  return (await query.getMany()).map(({ actorId }) => actorId);
}
