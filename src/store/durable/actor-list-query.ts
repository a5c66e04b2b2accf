import { Brackets, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import type { ActorFilter, ActorHead, ActorPageRequest } from '../../durable/store.js';
import { ActorAttributeEntity } from '../entities/actor-attribute.entity.js';
import { ActorEntity } from '../entities/actor.entity.js';
import { ACTOR_HEAD_COLUMNS } from './columns.js';
import { actorHead } from './durable-rows.js';

const HEAD_FIELDS = ACTOR_HEAD_COLUMNS.map(({ field }) => `actor.${field}`);

/** Reads one page of heads, newest first, without the snapshots. */
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
 * Orders by creation, newest first. With an attribute the query follows the attribute's rows, which are stored in this
 * order, so the cost of a page does not depend on the number of actors. @returns the alias that defines the order.
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

/** The prefix followed by this character sorts after every text that begins with the prefix. */
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
  // These are literals, not parameters, so that the planner can use the index of open actors. The port's type allows
  // only
  // five words.
  if (filter.runtimeStatus !== undefined) {
    const words = filter.runtimeStatus.map((word) => `'${word}'`).join(', ');
    query.andWhere(words === '' ? '1 = 0' : `actor.runtimeStatus IN (${words})`);
  }
  for (const field of ['status', 'outcome'] as const) {
    const wanted = filter[field];
    if (wanted === undefined) continue;
    // `IN ()` is not valid SQL. An empty list matches no actor.
    if (wanted.length === 0) query.andWhere('1 = 0');
    else query.andWhere(`actor.${field} IN (:...${field})`, { [field]: wanted });
  }
  // This is a literal, not a parameter, so that the planner can use the index of incidents.
  if (filter.incident !== undefined) query.andWhere(`actor.incident = ${filter.incident ? 'TRUE' : 'FALSE'}`);
  if (filter.createdFrom !== undefined) query.andWhere('actor.createdAt >= :from', { from: filter.createdFrom });
  if (filter.createdTo !== undefined) query.andWhere('actor.createdAt < :to', { to: filter.createdTo });
}
