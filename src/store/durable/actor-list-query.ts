import { Brackets, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { ActorFilter, ActorHead, ActorPageRequest } from '../../durable/store.js';
import { ActorAttributeEntity } from '../entities/actor-attribute.entity.js';
import { ActorEntity } from '../entities/actor.entity.js';
import { ACTOR_HEAD_COLUMNS } from './columns.js';
import { actorHead } from './durable-rows.js';

const HEAD_FIELDS = ACTOR_HEAD_COLUMNS.map(({ field }) => `actor.${field}`);

/** One page of heads, newest first; the snapshots are not read. */
export async function findActorHeads(
  entities: EntityManager,
  { filter, limit, before }: ActorPageRequest,
): Promise<ActorHead[]> {
  const query = entities.createQueryBuilder(ActorEntity, 'actor').select(HEAD_FIELDS).limit(limit);
  const rows = orderedBy(query, filter);
  if (before !== undefined) {
    query.andWhere(`(${rows}.createdAt, ${rows}.actorId) < (:beforeCreatedAt, :beforeActorId)`, {
      beforeCreatedAt: before.createdAt,
      beforeActorId: before.actorId,
    });
  }
  restrict(query, filter);
  const found = await query.getMany();
  return found.map((entity) => actorHead(Object.fromEntries(Object.entries(entity))));
}

/**
 * Newest first. With an attribute, its own rows lead: they are in that order already, so a page costs what it holds,
 * however many actors there are. @returns the alias whose rows the pages follow.
 */
function orderedBy(query: SelectQueryBuilder<ActorEntity>, { attributes = [] }: ActorFilter): 'actor' | 'found0' {
  attributes.forEach(({ name, value }, n) => {
    const found = `found${n}`;
    const isOfActor = `${found}.actorId = actor.actorId AND ${found}.createdAt = actor.createdAt`;
    query
      .innerJoin(ActorAttributeEntity, found, isOfActor)
      .andWhere(`${found}.name = :name${n} AND ${found}.value = :value${n}`, {
        [`name${n}`]: name,
        [`value${n}`]: value,
      });
  });
  const rows = attributes.length === 0 ? 'actor' : 'found0';
  query.orderBy(`${rows}.createdAt`, 'DESC').addOrderBy(`${rows}.actorId`, 'DESC');
  return rows;
}

/** No text with the prefix sorts after the prefix followed by this character. */
const LAST_CHARACTER = '\u{10ffff}';

/** Collects ids from two indexes first, so that only their rows of the large table are read. */
function search(query: SelectQueryBuilder<ActorEntity>, { prefix, attributes }: NonNullable<ActorFilter['search']>) {
  const ofAttributes = query
    .subQuery()
    .select('named.actorId')
    .from(ActorAttributeEntity, 'named')
    .where('named.name IN (:...names) AND named.value >= :prefix AND named.value < :beyond')
    .getQuery();
  const bounds = { prefix, beyond: `${prefix}${LAST_CHARACTER}` };
  query.andWhere(
    new Brackets((either) => {
      either.where('actor.actorId >= :prefix AND actor.actorId < :beyond', bounds);
      if (attributes.length > 0) either.orWhere(`actor.actorId IN ${ofAttributes}`, { ...bounds, names: attributes });
    }),
  );
}

function restrict(query: SelectQueryBuilder<ActorEntity>, filter: ActorFilter): void {
  if (filter.search !== undefined) search(query, filter.search);
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
