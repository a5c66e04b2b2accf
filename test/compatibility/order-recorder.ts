import type { ActorCommand, DurableRuntime } from '../../src/durable/index.js';
import { definitionOf } from '../../src/durable/inspect.js';
import { MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import type { OrderActivities, OrderActivityName } from '../../src/orders/machine/order/order-activities.js';
import { orderMachine } from '../../src/orders/machine/order/order-machine.js';
import { activitiesOf, ANSWERS, START } from '../model/order-fixture.js';
import type { Corpus, CorpusEntry } from './corpus-files.js';
import { registerOrders, runtimeAt } from './order-machines.js';
import { SCENARIOS, type Scenario } from './order-scenarios.js';
import { placeOf } from './stored-place.js';

const LONGEST = 200;

/** What the service stores of orders today: one entry for each place an order stands in, the same at every recording. */
export async function recordOrders(): Promise<Corpus> {
  const entries = new Map<string, CorpusEntry>();
  let head: Pick<Corpus, 'machineId' | 'version' | 'definitionHash'> | null = null;
  for (const scenario of SCENARIOS) {
    const recording = new Recording(scenario);
    for (const entry of await recording.run()) if (!entries.has(entry.name)) entries.set(entry.name, entry);
    head = recording.registration;
  }
  if (head === null) throw new Error('There is no scenario.');
  const { machineId, version, definitionHash } = head;
  const sorted = [...entries.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return { machineId, version, definitionHash, definition: definitionOf(orderMachine), entries: sorted };
}

/** The runtime's own commands are one word, the order's events are two. */
const isOperators = (command: OrderCommand | ActorCommand): command is ActorCommand => !command.type.includes('.');

/** One order, stopped before everything that happens to it. */
class Recording {
  private readonly store = new MemoryStore();
  private readonly clock = new VirtualClock();
  private readonly runtime: DurableRuntime;
  private readonly orderId: string;
  private readonly pending: (() => void)[] = [];
  private readonly answered = new Map<OrderActivityName, number>();
  private readonly sent = new Set<string>();
  readonly registration;

  constructor(private readonly scenario: Scenario) {
    this.orderId = `order-${scenario.name}`;
    this.runtime = runtimeAt(this.store, this.clock);
    this.registration = registerOrders(
      this.runtime,
      activitiesOf((activity) => this.call(activity)),
    );
  }

  async run(): Promise<CorpusEntry[]> {
    const entries: CorpusEntry[] = [];
    await this.runtime.start();
    await this.runtime.startActor(this.registration, this.orderId, { ...START, orderId: this.orderId });
    for (let step = 0; step < LONGEST; step += 1) {
      await settle();
      const entry = await this.entry();
      entries.push(entry);
      if (entry.actor.completedAt !== null) {
        await this.runtime.stop(0);
        return entries;
      }
      await this.goOn(entry);
    }
    throw new Error(`${this.orderId} never ends.`);
  }

  private async goOn({ name, tasks }: CorpusEntry): Promise<void> {
    const command = this.scenario.at?.[name];
    if (command !== undefined && !this.sent.has(name)) {
      this.sent.add(name);
      return this.send(command);
    }
    const answer = this.pending.shift();
    if (answer !== undefined) {
      answer();
      return;
    }
    const dueAt = Math.min(...tasks.map((task) => task.dueAt));
    if (!Number.isFinite(dueAt)) throw new Error(`${this.orderId} stands still in ${name}.`);
    await this.clock.advance(dueAt - this.clock.now());
  }

  private async send(command: OrderCommand | ActorCommand): Promise<void> {
    if (isOperators(command)) await this.runtime.command(this.orderId, command);
    else await this.runtime.sendEvent(this.orderId, { ...command });
  }

  private call<K extends OrderActivityName>(activity: K): Promise<OrderActivities[K]['output']> {
    return new Promise((resolve, reject) => {
      this.pending.push(() => {
        const nth = this.answered.get(activity) ?? 0;
        this.answered.set(activity, nth + 1);
        const answer = this.scenario.answers?.[activity]?.[nth] ?? { output: ANSWERS[activity] };
        if ('output' in answer) resolve(answer.output);
        else reject(Object.assign(new Error(), answer.failure));
      });
    });
  }

  private async entry(): Promise<CorpusEntry> {
    const actor = await this.store.loadActor(this.orderId);
    if (actor === null) throw new Error(`${this.orderId} was not stored.`);
    const tasks = await this.store.tasksOf(this.orderId);
    const kept = await this.store.loadKeptEvents(this.orderId);
    const { uniqueKey, ...rest } = actor;
    const snapshot: unknown = JSON.parse(actor.snapshot);
    const name = [
      placeOf(snapshot),
      ...(actor.runtimeStatus === 'suspended' ? ['suspended'] : []),
      ...(kept.length > 0 ? ['kept'] : []),
    ].join('+');
    return {
      name,
      actor: { ...rest, liveKey: uniqueKey, snapshot, bookkeeping: JSON.parse(actor.bookkeeping) as unknown },
      // Whoever finds them next finds them with nobody.
      tasks: tasks.map((task) => ({ ...task, ownerNode: null, deliveries: 0 })),
      kept,
    };
  }
}
