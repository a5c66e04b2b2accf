/** The migrations of PostgreSQL, in order. A new one comes last. */
import { CreateStoreOnPostgres1764000000000 } from '../../migrations/1764000000000-create-store-postgres.js';
import { CreateIncidentsOnPostgres1764100000000 } from '../../migrations/1764100000000-create-incidents-postgres.js';
import { WidenIncidentsOnPostgres1764200000000 } from '../../migrations/1764200000000-widen-incidents-postgres.js';
import { CreateAnswersOnPostgres1764200400000 } from '../../migrations/1764200400000-create-answers-postgres.js';
import { CreateWebhooksOnPostgres1764200500000 } from '../../migrations/1764200500000-create-webhooks-postgres.js';
import { CreateReceivedWebhooksOnPostgres1764200600000 } from '../../migrations/1764200600000-create-received-webhooks-postgres.js';
import { CoverOpenActorsOnPostgres1764200800000 } from '../../migrations/1764200800000-cover-open-actors-postgres.js';
import { CreateAuditOnPostgres1764201000000 } from '../../migrations/1764201000000-create-audit-postgres.js';
import { CreateRevocationsOnPostgres1764203000000 } from '../../migrations/1764203000000-create-revocations-postgres.js';
import { CreateHistoryBatchesOnPostgres1764204000000 } from '../../migrations/1764204000000-create-history-batches-postgres.js';

export const POSTGRES_MIGRATIONS = [
  CreateStoreOnPostgres1764000000000,
  CreateIncidentsOnPostgres1764100000000,
  WidenIncidentsOnPostgres1764200000000,
  CreateAnswersOnPostgres1764200400000,
  CreateWebhooksOnPostgres1764200500000,
  CreateReceivedWebhooksOnPostgres1764200600000,
  CoverOpenActorsOnPostgres1764200800000,
  CreateAuditOnPostgres1764201000000,
  CreateRevocationsOnPostgres1764203000000,
  CreateHistoryBatchesOnPostgres1764204000000,
];
