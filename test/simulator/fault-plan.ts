/** What goes wrong in a world, and how much of it: counts by name for the report. */
import { DAY, HOUR, MINUTE, SECOND, type WorldTime } from './world-time.js';
import type { RandomSource } from './random-source.js';

/** `busy`: nothing is answered for seconds. `full`: nothing can be written. `away`: nothing is answered for minutes. */
export type StoreState = 'well' | 'busy' | 'full' | 'away';

/** What a call to the store is about. */
export type StoreCall = 'read' | 'commit' | 'claim' | 'lease';

/** How one call to the store goes; `lostAnswer` was written, and the caller is told that it was not. */
export type StoreFate = 'answered' | 'unavailable' | 'lostAnswer' | 'conflict';

/**
 * How one call to a partner goes; `lost` was executed and never answered, `slow` answers after the caller gave up, `long`
 * answers after an outage of the store that began with the call.
 */
export type PartnerFate = 'answered' | 'lost' | 'down' | 'refused' | 'slow' | 'long';

const STORE_FATES: Readonly<Record<StoreFate, number>> = {
  answered: 985,
  unavailable: 6,
  lostAnswer: 6,
  conflict: 3,
};
const PARTNER_FATES: Readonly<Record<Exclude<PartnerFate, 'long'>, number>> = {
  answered: 925,
  lost: 20,
  down: 35,
  refused: 5,
  slow: 15,
};

export class FaultPlan {
  readonly counts: Record<string, number> = {};
  store: StoreState = 'well';
  /** When something last happened that may delay tasks: an outage, a crash, a stall. */
  lastFaultAt = 0;
  private readonly downUntil = new Map<string, number>();
  private calm = false;
  /** Begins with the next call to a partner. */
  private nextOutage: (() => void) | null = null;
  /** How long a call takes that is `long`. */
  longCallMs = 0;

  constructor(
    private readonly time: WorldTime,
    private readonly random: RandomSource,
    /** Odds of dying at each named crash point that is reached. */
    private readonly crashOdds: number,
    /** Faults that are not injected, e.g. `claim lostAnswer`. */
    private readonly spared: ReadonlySet<string>,
  ) {
    this.planStoreOutage();
  }

  /** From now on everything goes well, so that every order can come to its end. */
  calmDown(): void {
    this.calm = true;
  }

  get isCalm(): boolean {
    return this.calm;
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  recordFault(): void {
    this.lastFaultAt = this.time.now;
  }

  storeFate(call: StoreCall): StoreFate {
    if (this.store === 'full' ? call !== 'read' : this.store !== 'well') {
      this.recordFault();
      this.count(`store ${this.store}`);
      return 'unavailable';
    }
    if (this.calm) return 'answered';
    const fate = this.random.weighted(STORE_FATES);
    const isPossible = call === 'commit' || fate === 'unavailable' || (call !== 'read' && fate === 'lostAnswer');
    if (fate === 'answered' || !isPossible || this.spared.has(`${call} ${fate}`)) return 'answered';
    this.count(`${call} ${fate}`);
    return fate;
  }

  partnerFate(partner: string): PartnerFate {
    if (this.calm) return 'answered';
    const begin = this.nextOutage;
    this.nextOutage = null;
    if (begin !== null) {
      begin();
      return 'long';
    }
    if ((this.downUntil.get(partner) ?? 0) > this.time.now) {
      this.count('partner outage');
      return this.random.chance(0.2) ? 'lost' : 'down';
    }
    if (this.random.chance(1 / 2_000)) {
      this.downUntil.set(partner, this.time.now + this.random.around(HOUR));
    }
    const fate = this.random.weighted(PARTNER_FATES);
    if (fate !== 'answered') this.count(`partner ${fate}`);
    return fate;
  }

  /** Whether a crash is to happen at the named point that was just reached. */
  crashesAt(point: string): boolean {
    if (this.calm || !this.random.chance(this.crashOdds)) return false;
    this.count(`crash at ${point}`);
    return true;
  }

  private planStoreOutage(): void {
    this.time.after(this.random.around(DAY / 3), () => {
      if (this.calm) return;
      const state = this.random.pick<StoreState>(['busy', 'busy', 'full', 'away']);
      // Now and then longer than a lease.
      const isLong = state !== 'busy' && this.random.chance(0.3);
      const lastsMs = this.random.around(isLong ? 45 * MINUTE : state === 'busy' ? 5 * SECOND : 3 * MINUTE);
      if (isLong) {
        this.longCallMs = lastsMs + this.random.between(MINUTE, 20 * MINUTE);
        this.nextOutage = () => this.breakStore(state, lastsMs);
      } else this.breakStore(state, lastsMs);
    });
  }

  private breakStore(state: StoreState, lastsMs: number): void {
    this.store = state;
    this.count(`store outage ${state}`);
    this.recordFault();
    this.time.after(lastsMs, () => {
      this.store = 'well';
      this.recordFault();
      this.planStoreOutage();
    });
  }
}
