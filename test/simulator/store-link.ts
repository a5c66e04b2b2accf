/** A process's connection to the simulated database: delays, faults, and silence once the process is dead. */
import {
  type ActorCommit,
  type ActorHead,
  type ActorPageRequest,
  type ActorRecord,
  type ClaimRequest,
  type CommitResult,
  type DurableStore,
  type EventRecord,
  type HistoryRecord,
  type IncidentRecord,
  StoreUnavailableError,
  type TaskRecord,
} from '../../src/durable/index.js';
import type { FaultPlan, StoreCall } from './fault-plan.js';
import type { RandomSource } from './random-source.js';
import type { ProcessGate } from './service-process.js';
import type { SimulatedDatabase } from './simulated-database.js';
import type { WorldTime } from './world-time.js';

export interface StoreLinkOptions {
  readonly database: SimulatedDatabase;
  readonly gate: ProcessGate;
  readonly time: WorldTime;
  readonly random: RandomSource;
  readonly faults: FaultPlan;
}

const LONGEST_READ_MS = 5;
const LONGEST_WRITE_MS = 20;

export class StoreLink implements DurableStore {
  constructor(protected readonly options: StoreLinkOptions) {}

  loadActor(actorId: string): Promise<ActorRecord | null> {
    return this.read((database) => database.actors.get(actorId) ?? null);
  }

  loadHead(actorId: string): Promise<ActorHead | null> {
    return this.loadActor(actorId);
  }

  findEvent(actorId: string, key: string): Promise<EventRecord | null> {
    return this.read((database) => database.findEvent(actorId, key));
  }

  findByUniqueKey(machineId: string, uniqueKey: string): Promise<ActorHead | null> {
    return this.read((database) => database.findByUniqueKey(machineId, uniqueKey) ?? null);
  }

  loadKeptEvents(actorId: string): Promise<EventRecord[]> {
    return this.read((database) => database.keptEvents(actorId));
  }

  commit(batch: readonly ActorCommit[]): Promise<CommitResult[]> {
    return this.write(
      'commit',
      (database) => database.commit(batch, this.options.gate.nodeId),
      () => batch.map(() => 'conflict' as const),
    );
  }

  claimDueTasks(request: ClaimRequest): Promise<TaskRecord[]> {
    return this.write('claim', (database) => database.tasks.claim(request));
  }

  nextDueAt(): Promise<number | null> {
    return this.read((database) => database.tasks.nextDueAt());
  }

  tasksOf(actorId: string): Promise<TaskRecord[]> {
    return this.read((database) => database.tasks.of(actorId));
  }

  tasksHeldBy(nodeId: string): Promise<TaskRecord[]> {
    return this.read((database) => database.tasks.heldBy(nodeId));
  }

  registerNode(nodeId: string, aliveUntil: number): Promise<void> {
    return this.write('lease', (database) => database.registerNode(nodeId, aliveUntil));
  }

  renewNode(nodeId: string, aliveUntil: number): Promise<boolean> {
    return this.write('lease', (database) => database.tasks.renew(nodeId, aliveUntil));
  }

  removeNode(nodeId: string): Promise<void> {
    return this.write('lease', (database) => database.tasks.remove(nodeId));
  }

  listActors(request: ActorPageRequest): Promise<ActorHead[]> {
    return this.read((database) => database.openActors(request));
  }

  history(): Promise<HistoryRecord[]> {
    return Promise.reject(new Error('Nobody reads histories in a simulation.'));
  }

  listEnded(): Promise<string[]> {
    return Promise.reject(new Error('Nobody purges in a simulation.'));
  }

  purge(): Promise<string[]> {
    return this.listEnded();
  }

  listIncidents(): Promise<IncidentRecord[]> {
    return Promise.reject(new Error('Nobody lists incidents in a simulation.'));
  }

  findIncident(): Promise<IncidentRecord | null> {
    return Promise.reject(new Error('Nobody looks an incident up in a simulation.'));
  }

  putIncident(): Promise<void> {
    return Promise.reject(new Error('No incident comes from outside of a turn in a simulation.'));
  }

  databaseTime(): Promise<null> {
    return Promise.resolve(null);
  }

  ping(): Promise<void> {
    return this.read(() => undefined);
  }

  /** Mostly answered at once: the interesting delays are those of writes. */
  protected read<T>(ask: (database: SimulatedDatabase) => T): Promise<T> {
    const { database, gate, random, faults } = this.options;
    if (!gate.isAlive) return silence();
    const fails = faults.storeFate('read') !== 'answered';
    if (!fails && random.chance(0.95)) return Promise.resolve(ask(database));
    return new Promise((resolve, reject) => {
      gate.enter(random.between(1, LONGEST_READ_MS), () => {
        if (fails) reject(new StoreUnavailableError('The store is away.'));
        else resolve(ask(database));
      });
    });
  }

  /** What was sent is executed even if the process dies meanwhile; what a dying process was about to send is not. */
  protected write<T>(call: StoreCall, execute: (database: SimulatedDatabase) => T, conflict?: () => T): Promise<T> {
    const { database, gate, time, random, faults } = this.options;
    if (!gate.isAlive) return silence();
    return new Promise((resolve, reject) => {
      time.after(random.between(1, LONGEST_WRITE_MS), () => {
        const fate = faults.storeFate(call);
        const written = fate === 'answered' || fate === 'lostAnswer' ? { answer: execute(database) } : null;
        gate.enter(random.between(0, 2), () => {
          if (written !== null && fate === 'answered') resolve(written.answer);
          else if (fate === 'conflict' && conflict !== undefined) resolve(conflict());
          else reject(new StoreUnavailableError(`The store is away (${fate}).`));
        });
      });
    });
  }
}

export function silence(): Promise<never> {
  return new Promise(() => undefined);
}
