/** Whoever calls the service from outside: finds a process, waits, gives up, tries again; holds the service to its answers. */
import type { ExternalEvent, SendResult } from '../../src/durable/index.js';
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import type { StartOrderContext } from '../../src/orders/machine/order/order-model.js';
import type { Auditor } from './auditor.js';
import type { RandomSource } from './random-source.js';
import type { ServiceProcess } from './service-process.js';
import type { SimulatedDatabase } from './simulated-database.js';
import { operate, type OperatorRequest } from './operator-request.js';
import { HOUR, SECOND, type WorldTime } from './world-time.js';

export interface ServiceClientOptions {
  readonly time: WorldTime;
  readonly random: RandomSource;
  readonly database: SimulatedDatabase;
  readonly auditor: Auditor;
  readonly processes: () => readonly ServiceProcess[];
}

const PATIENCE_MS = 30 * SECOND;

export class ServiceClient {
  readonly acknowledgedStarts = new Set<string>();
  /** Order and key. */
  readonly acknowledgedEvents: (readonly [string, string])[] = [];
  /** Orders somebody tried to terminate. */
  readonly terminations = new Set<string>();
  events = 0;

  constructor(private readonly options: ServiceClientOptions) {}

  /** Places the order again and again until it is acknowledged. */
  place(input: StartOrderContext, onPlaced: () => void, tries = 1_000): void {
    const { orderId } = input;
    this.call(
      (service) => service.orders.start(input, { id: orderId }),
      () => {
        this.acknowledgedStarts.add(orderId);
        this.expectStored(orderId, null);
        onPlaced();
      },
      tries,
    );
  }

  /** @param tries how often it is sent at most, until it is acknowledged. */
  send(orderId: string, event: OrderCommand & ExternalEvent, key: string | null, tries: number): void {
    this.call<SendResult>(
      (service) => service.orders.send(orderId, event, key === null ? {} : { key }),
      (answer) => {
        this.events += 1;
        if (key === null || answer.reason === 'not_now') return;
        this.acknowledgedEvents.push([orderId, key]);
        this.expectStored(orderId, key);
      },
      tries,
    );
  }

  /** As {@link send}; what a command is refused for leaves no trace of its key. */
  operate(orderId: string, request: OperatorRequest, key: string | null, tries: number): void {
    this.call<SendResult>(
      (service) => operate(service.orders, orderId, request, key),
      ({ disposition }) => {
        this.events += 1;
        if (key === null || (disposition !== 'applied' && disposition !== 'duplicate')) return;
        this.acknowledgedEvents.push([orderId, key]);
        this.expectStored(orderId, key);
      },
      tries,
    );
  }

  expectTermination(orderId: string): void {
    this.terminations.add(orderId);
  }

  /** What was acknowledged is there at that very moment, and stays. */
  expectStored(orderId: string, key: string | null): void {
    const { database, auditor } = this.options;
    if (!database.actors.has(orderId)) auditor.fail('nothing acknowledged is lost', orderId, 'the order is not there');
    else if (key !== null && database.findEvent(orderId, key) === null) {
      auditor.fail('nothing acknowledged is lost', orderId, `the event ${key} is not there`);
    }
  }

  private call<T>(
    ask: (service: ServiceProcess) => Promise<T>,
    onAnswer: (answer: T) => void,
    triesLeft: number,
    waitMs = 2 * SECOND,
  ): void {
    const { time, random, processes } = this.options;
    let over = false;
    const end = (act: () => void): void => {
      if (over) return;
      over = true;
      cancelPatience();
      act();
    };
    const failed = (): void => {
      if (triesLeft <= 1) return;
      const nextWaitMs = Math.min(waitMs * 2, HOUR);
      time.after(random.between(waitMs / 2, waitMs), () => this.call(ask, onAnswer, triesLeft - 1, nextWaitMs));
    };
    const cancelPatience = time.after(PATIENCE_MS, () => end(failed));
    time.after(random.between(1, 50), () => {
      const up = processes().filter((service) => service.isUp);
      if (up.length === 0) {
        end(failed);
        return;
      }
      const service = random.pick(up);
      service.enter(0, () => {
        ask(service).then(
          (answer) => {
            // The answer of a dead process never left it.
            if (service.isAlive) end(() => onAnswer(answer));
          },
          () => {
            if (service.isAlive) end(failed);
          },
        );
      });
    });
  }
}
