import { type DurableLogger, DurableHandle, DurableRuntime } from '../../../src/durable/index.js';
import type { VirtualClock } from '../../../src/durable/testing.js';
import { IdempotentRequests } from '../../../src/idempotency/idempotent-requests.js';
import { latePaymentRegistration } from '../../../src/orders/late-payments/late-payment-registration.js';
import { LatePayments } from '../../../src/orders/late-payments/late-payments.js';
import type { LatePaymentMachine } from '../../../src/orders/machine/late-payment/late-payment-machine.js';
import type { OrderMachine } from '../../../src/orders/machine/order/order-machine.js';
import { OrderIncidents } from '../../../src/orders/order-incidents.js';
import { OrderQueries } from '../../../src/orders/order-queries.js';
import { orderRegistration } from '../../../src/orders/order-registration.js';
import { OrderService } from '../../../src/orders/order.service.js';
import { orderRedactor } from '../../../src/orders/redaction/order-redaction.js';
import { PaymentInbox } from '../../../src/payment-webhooks/payment-inbox.js';
import { DeliveryDispatcher } from '../../../src/push/delivery/delivery-dispatcher.js';
import { EndpointService } from '../../../src/push/delivery/endpoint.service.js';
import { OutboxRelay } from '../../../src/push/delivery/outbox-relay.js';
import type { PushOptions } from '../../../src/push/push-options.js';
import { returnRegistration } from '../../../src/returns/return-registration.js';
import type { returnMachine } from '../../../src/returns/return-machine.js';
import type { ClaimRequest, DurableStore, TaskRecord } from '../../../src/durable/store.js';
import type { OpenStore } from '../../../src/store/store-config.js';
import { activitiesOf, SETTINGS } from '../../model/order-fixture.js';
import { waitUntil } from '../../support/wait-until.js';
import { placeOf } from '../stored-place.js';
import { LEASE_MS } from './lease-ms.js';
import type { ScriptedPartners } from './scripted-partners.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** The runtime looks for tasks when they are due, and not in between. */
const FOR_EVER = 10_000 * DAY;
const LONGEST_WAIT_MS = 60_000;
const ADDRESS = 'https://orders.example';

const PUSH: PushOptions = {
  source: () => ADDRESS,
  webhooks: {
    retryScheduleMs: [60_000, HOUR],
    timeoutMs: 10_000,
    concurrency: 4,
    secretOverlapMs: HOUR,
    disableAfterMs: 5 * DAY,
    retentionMs: 30 * DAY,
    allowPrivate: false,
    httpsOnly: true,
    ports: [443],
  },
  streams: { maxClients: 1, heartbeatMs: HOUR },
};

type Send = ConstructorParameters<typeof DeliveryDispatcher>[0]['send'];

/**
 * The store, whose node takes over from dead nodes at once: time stands still, and the node would wait for a whole lease. It
 * renews its lease before each claim, because a database goes by the time of its nodes (postgres-databases.ts).
 */
function heirOfDeadNodes(store: DurableStore): DurableStore {
  const claimDueTasks = async (request: ClaimRequest): Promise<TaskRecord[]> => {
    await store.renewNode(request.nodeId, request.now + LEASE_MS);
    return store.claimDueTasks({ ...request, fromLostNodes: true });
  };
  return Object.assign(Object.create(store) as DurableStore, { claimDueTasks });
}

/**
 * The service's own parts on one database, without HTTP. Time passes only when told so, and partners answer by a script: so
 * what is stored is the same every time.
 */
export class ServiceScene {
  readonly runtime: DurableRuntime;
  readonly orders: OrderService;
  readonly queries: OrderQueries;
  readonly inbox: PaymentInbox;
  readonly requests: IdempotentRequests;
  readonly endpoints: EndpointService;
  readonly returns: DurableHandle<typeof returnMachine>;
  /** What the runtime logged as an error. */
  readonly errors: string[] = [];

  private constructor(
    readonly opened: OpenStore,
    readonly clock: VirtualClock,
    readonly partners: ScriptedPartners,
  ) {
    const logger = errorsInto(this.errors);
    const store = heirOfDeadNodes(opened.store);
    const runtime = new DurableRuntime({ store, clock, logger, pollMs: FOR_EVER, leaseMs: LEASE_MS });
    const logics = activitiesOf((activity, input) => partners.call(activity, input));
    const orders = new DurableHandle<OrderMachine>(runtime, runtime.register(orderRegistration(logics)));
    const late = new DurableHandle<LatePaymentMachine>(runtime, runtime.register(latePaymentRegistration(logics)));
    const returns = runtime.register(returnRegistration(partners.payments, partners.warehouse));
    const latePayments = new LatePayments(late);
    const redact = orderRedactor([]);
    this.runtime = runtime;
    this.returns = new DurableHandle<typeof returnMachine>(runtime, returns);
    this.queries = new OrderQueries(orders, redact, latePayments);
    this.orders = new OrderService(orders, SETTINGS, this.queries, latePayments);
    this.inbox = new PaymentInbox(this.orders, this.queries, new OrderIncidents(orders), redact, opened.received);
    this.requests = new IdempotentRequests(opened.idempotency, runtime, {
      apiKeys: [],
      webhookSecrets: [],
      publicUrl: () => ADDRESS,
      production: false,
    });
    this.endpoints = new EndpointService(opened.push, clock, PUSH.webhooks);
  }

  static async start(opened: OpenStore, clock: VirtualClock, partners: ScriptedPartners): Promise<ServiceScene> {
    const scene = new ServiceScene(opened, clock, partners);
    await scene.runtime.start();
    return scene;
  }

  /** Lets what is under way go on until this is so; time stands still. */
  async until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const ask = async (): Promise<true | null> => {
      await this.clock.advance(0);
      return (await isSo()) ? true : null;
    };
    await waitUntil(`${what}${this.errors.map((error) => `; ${error}`).join('')}`, ask, LONGEST_WAIT_MS);
  }

  /** Lets the actor come to this place: active states of its machine, from the top down. */
  comesTo(actorId: string, place: string): Promise<void> {
    return this.until(`${actorId} to come to ${place}`, async () => (await this.placeOf(actorId)) === place);
  }

  async placeOf(actorId: string): Promise<string | null> {
    const actor = await this.opened.store.loadActor(actorId);
    return actor === null ? null : placeOf(JSON.parse(actor.snapshot));
  }

  /** Lets the actor come to wait for a deadline that is not over. @returns the earliest. */
  async deadlineOf(actorId: string): Promise<number> {
    let earliest = Infinity;
    await this.until(`${actorId} to wait for a deadline`, async () => {
      const timers = (await this.opened.store.tasksOf(actorId)).filter(({ kind }) => kind === 'timer');
      earliest = Math.min(...timers.map(({ dueAt }) => dueAt));
      return Number.isFinite(earliest) && earliest > this.clock.now();
    });
    return earliest;
  }

  /** Everything that is due until then finds that it is then: nothing asks a database at a time in between. */
  async passTo(time: number): Promise<void> {
    this.clock.step(time - this.clock.now());
    await this.clock.advance(0);
  }

  /** What hands the outbox over to the receivers of webhooks, which answer as `send` does. It is not started. */
  relay(send: Send): OutboxRelay {
    const { clock } = this;
    const { push: store } = this.opened;
    const logger = errorsInto(this.errors);
    const { webhooks } = PUSH;
    const dispatcher = new DeliveryDispatcher({ store, clock, logger, webhooks, send, onRoom: () => relay.wake() });
    const relay = new OutboxRelay({ store, clock, logger, push: PUSH, dispatcher });
    return relay;
  }

  /** As SIGTERM, without grace for running activities. */
  async stop(): Promise<void> {
    let isOver = false;
    const stopped = this.runtime.stop(0).finally(() => (isOver = true));
    await this.until('the runtime to stop', () => Promise.resolve(isOver));
    await stopped;
  }
}

function errorsInto(errors: string[]): DurableLogger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) => {
      const { err } = fields as { readonly err?: unknown }; // as the runtime logs what was thrown
      errors.push(err instanceof Error ? `${message}: ${err.message}` : message);
    },
  };
}
