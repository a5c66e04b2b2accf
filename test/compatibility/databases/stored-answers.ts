import { createHash } from 'node:crypto';
import type { ActorHead, ActorRecord, EventRecord, HistoryRecord, OutboxRecord } from '../../../src/durable/index.js';
import type { OpenStore } from '../../../src/store/store-config.js';
import type { PushStore } from '../../../src/push/push-store.port.js';
import { ANSWERED } from './order-story.js';

const ALL = 10_000;

/** What the ports of a store say of all that it stores: the same before and after any change of its schema. */
export type StoredAnswers = Awaited<ReturnType<typeof readAnswers>>;

export interface Reading {
  /** The time, in epoch milliseconds. */
  readonly now: number;
  /** Keys of all events, which no port lists. */
  readonly eventKeys: readonly Pick<EventRecord, 'actorId' | 'key'>[];
}

/** Asks each port for all that it has. Changes nothing. */
export async function readAnswers(opened: OpenStore, { now, eventKeys }: Reading) {
  const { store, push, received, audit, revocations, idempotency } = opened;
  const heads = await store.listActors({ filter: {}, limit: ALL });
  const ids = heads.map(({ actorId }) => actorId);
  const endpoints = await push.listEndpoints();
  const deliveries = await byId(
    endpoints.map(({ endpointId }) => endpointId),
    (endpointId) => push.listDeliveries({ endpointId, limit: ALL }),
  );
  const deliveryIds = Object.values(deliveries).flatMap((list) => list.map(({ deliveryId }) => deliveryId));
  return {
    heads,
    records: await byId(ids, async (id) => recordOf(await store.loadActor(id))),
    histories: await byId(ids, async (id) => (await historyOf(store, id)).map(withoutActor)),
    tasks: await byId(ids, (id) => store.tasksOf(id)),
    keptEvents: await byId(ids, async (id) => (await store.loadKeptEvents(id)).map(({ key }) => key)),
    events: await Promise.all(eventKeys.map(({ actorId, key }) => store.findEvent(actorId, key))),
    incidents: await store.listIncidents({ limit: ALL }),
    lists: await listsOf(opened, heads),
    answered: await idempotency.claim({ ...ANSWERED, ownerNode: 'reader', now, expiresAt: now + 1 }),
    outbox: await outboxOf(push),
    endpoints,
    deliveries,
    attempts: await byId(deliveryIds, (deliveryId) => push.attemptsOf(deliveryId)),
    receivedWebhooks: await received.list({ limit: ALL }),
    audit: await audit.list({ limit: ALL }),
    revokedKeys: await revocations.keys(),
    revokedOrders: await revocations.ofOrders(ids),
  };
}

export function historyOf(store: OpenStore['store'], actorId: string): Promise<HistoryRecord[]> {
  return store.history({ actorId, afterSeq: 0, limit: ALL });
}

/** The same, page after page. */
export async function pagesOf(store: OpenStore['store'], actorId: string, limit: number): Promise<HistoryRecord[]> {
  const rows: HistoryRecord[] = [];
  for (;;) {
    const page = await store.history({ actorId, afterSeq: rows.at(-1)?.seq ?? 0, limit });
    rows.push(...page);
    if (page.length < limit) return rows;
  }
}

/** Its list says whose it is. */
function withoutActor({ seq, revision, at, type, data }: HistoryRecord) {
  return { seq, revision, at, type, data };
}

/** What the head does not show. Digests stand for texts that the store may not change. */
function recordOf(actor: ActorRecord | null) {
  if (actor === null) return null;
  const { historySeq, keptEvents, uniqueKey, snapshot, bookkeeping } = actor;
  return { historySeq, keptEvents, uniqueKey, snapshot: digestOf(snapshot), bookkeeping: digestOf(bookkeeping) };
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Ids in the order of each kind of list. */
async function listsOf({ store }: OpenStore, heads: readonly ActorHead[]) {
  const list = async (filter: Parameters<typeof store.listActors>[0]['filter']): Promise<string[]> =>
    (await store.listActors({ filter, limit: ALL })).map(({ actorId }) => actorId);
  const incidents = async (open: boolean): Promise<string[]> =>
    (await store.listIncidents({ open, limit: ALL })).map(({ incidentId }) => incidentId);
  const values = <T>(of: (head: ActorHead) => T): T[] => [...new Set(heads.map(of))];
  const middle = heads[Math.floor(heads.length / 2)]!.createdAt;
  const attributes = heads.map((head) => Object.entries(JSON.parse(head.attributes) as Record<string, string>)); // a map of texts
  const named = new Map(attributes.flat().map(([name, value]) => [`${name}=${value}`, [{ name, value }]]));
  const search = { prefix: 'payment-', attributes: ['paymentId'] };
  const ended = (machineId: string): Promise<string[]> =>
    store.listEnded({ machineId, endedBefore: Number.MAX_SAFE_INTEGER, limit: ALL });
  return {
    byMachine: await byId(
      values(({ machineId }) => machineId),
      (machineId) => list({ machineId }),
    ),
    byStatus: await byId(
      values(({ status }) => status),
      (status) => list({ status: [status] }),
    ),
    byOutcome: await byId(
      values(({ outcome }) => outcome).filter((outcome) => outcome !== null),
      (outcome) => list({ outcome: [outcome] }),
    ),
    byRuntimeStatus: await byId(
      values(({ runtimeStatus }) => runtimeStatus),
      (runtimeStatus) => list({ runtimeStatus: [runtimeStatus] }),
    ),
    withIncident: await list({ incident: true }),
    byAttribute: await byId([...named.keys()], (key) => list({ attributes: named.get(key) })),
    found: await list({ search }),
    since: await list({ createdFrom: middle }),
    before: await list({ createdTo: middle }),
    ended: await byId(
      values(({ machineId }) => machineId),
      ended,
    ),
    openIncidents: await incidents(true),
    resolvedIncidents: await incidents(false),
  };
}

/** Reads the outbox as the relay does, and leaves it as it is. */
async function outboxOf(push: PushStore): Promise<readonly OutboxRecord[]> {
  let seen: readonly OutboxRecord[] = [];
  const leave = new Error('The outbox was only read.');
  const looked = push.relay(ALL, (messages) => {
    seen = messages;
    throw leave;
  });
  await looked.catch((error: unknown) => {
    if (error !== leave) throw error;
  });
  return seen;
}

async function byId<K extends string, T>(ids: readonly K[], read: (id: K) => Promise<T>): Promise<Record<string, T>> {
  const entries: [string, T][] = [];
  for (const id of ids) entries.push([id, await read(id)]);
  return Object.fromEntries(entries);
}
