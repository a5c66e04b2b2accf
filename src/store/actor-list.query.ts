import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { ActorFilter, ActorHead, ActorPageRequest } from '../durable/store.port.js';
import { ActorEntity } from './entities/actor.entity.js';
import { ACTOR_HEAD_COLUMNS } from './sql/columns.js';
import { actorHead } from './sql/row.reader.js';

const HEAD_FIELDS = ACTOR_HEAD_COLUMNS.map(({ field }) => `actor.${field}`);

/** One page of heads, newest first; the snapshots are not read. */
export async function findActorHeads(
  entities: EntityManager,
  { filter, limit, before }: ActorPageRequest,
): Promise<ActorHead[]> {
  const query = entities
    .createQueryBuilder(ActorEntity, 'actor')
    .select(HEAD_FIELDS)
    .orderBy('actor.createdAt', 'DESC')
    .addOrderBy('actor.actorId', 'DESC')
    .limit(limit);
  if (before !== undefined) {
    query.andWhere('(actor.createdAt, actor.actorId) < (:beforeCreatedAt, :beforeActorId)', {
      beforeCreatedAt: before.createdAt,
      beforeActorId: before.actorId,
    });
  }
  restrict(query, filter);
  const found = await query.getMany();
  return found.map((entity) => actorHead(Object.fromEntries(Object.entries(entity))));
}

function restrict(query: SelectQueryBuilder<ActorEntity>, filter: ActorFilter): void {
  if (filter.machineId !== undefined) query.andWhere('actor.machineId = :machineId', { machineId: filter.machineId });
  // Written out, not as parameters, so that the planner can use the index of open actors; the port's type has five words.
  if (filter.runtimeStatus !== undefined) {
    const words = filter.runtimeStatus.map((word) => `'${word}'`).join(', ');
    query.andWhere(words === '' ? '1 = 0' : `actor.runtimeStatus IN (${words})`);
  }
  for (const field of ['status', 'outcome'] as const) {
    const wanted = filter[field];
    if (wanted === undefined) continue;
    // An empty list is no SQL, and asks for nothing.
    if (wanted.length === 0) query.andWhere('1 = 0');
    else query.andWhere(`actor.${field} IN (:...${field})`, { [field]: wanted });
  }
  // Written out, not as a parameter, so that the planner can use the index of incidents.
  if (filter.incident !== undefined) query.andWhere(`actor.incident = ${filter.incident ? 'TRUE' : 'FALSE'}`);
  if (filter.createdFrom !== undefined) query.andWhere('actor.createdAt >= :from', { from: filter.createdFrom });
  if (filter.createdTo !== undefined) query.andWhere('actor.createdAt < :to', { to: filter.createdTo });
}
