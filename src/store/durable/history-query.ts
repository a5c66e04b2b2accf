import { In, MoreThan } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { HistoryRecord, HistoryRequest } from '../../durable/store.js';
import { HistoryEntity } from '../entities/history.entity.js';

/** Reads the history rows of one actor after a sequence number, oldest first. */
export async function findHistory(
  entities: EntityManager,
  { actorId, afterSeq, types, limit }: HistoryRequest,
): Promise<HistoryRecord[]> {
  const rows = await entities.find(HistoryEntity, {
    where: { actorId, seq: MoreThan(afterSeq), ...(types === undefined ? {} : { type: In([...types]) }) },
    order: { seq: 'ASC' },
    take: limit,
  });
  return rows.map(({ seq, revision, at, type, data }) => ({ actorId, seq, revision, at, type, data }));
}
