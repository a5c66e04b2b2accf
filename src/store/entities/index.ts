import { ActorEntity } from './actor.entity.js';
import { EventEntity } from './event.entity.js';
import { HistoryEntity } from './history.entity.js';
import { IncidentEntity } from './incident.entity.js';
import { NodeEntity } from './node.entity.js';
import { TaskEntity } from './task.entity.js';

export const STORE_ENTITIES = [ActorEntity, TaskEntity, HistoryEntity, EventEntity, IncidentEntity, NodeEntity];
