import { ActorAttributeEntity } from './actor-attribute.entity.js';
import { ActorEntity } from './actor.entity.js';
import { AnswerEntity } from './answer.entity.js';
import { EventEntity } from './event.entity.js';
import { HistoryBatchEntity } from './history-batch.entity.js';
import { HistoryEntity } from './history.entity.js';
import { IncidentEntity } from './incident.entity.js';
import { NodeEntity } from './node.entity.js';
import { TaskEntity } from './task.entity.js';

export const STORE_ENTITIES = [
  ActorEntity,
  ActorAttributeEntity,
  AnswerEntity,
  TaskEntity,
  HistoryEntity,
  HistoryBatchEntity,
  EventEntity,
  IncidentEntity,
  NodeEntity,
];
