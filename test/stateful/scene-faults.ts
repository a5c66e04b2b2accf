/** What goes wrong in a scene. Nothing of it by chance: a command says what, and from when on. */
import type { CrashPoint } from '../../src/durable/index.js';
import type { PartnerName } from '../../src/orders/ports/partner-error.js';
import type { PartnerFate } from '../simulator/fault-plan.js';
import type { WorldTime } from '../simulator/world-time.js';

export class SceneFaults {
  readonly partners = new Map<string, PartnerFate>();
  /** Where the process dies the next time it gets there. */
  crashAt: CrashPoint | null = null;
  storeAway = false;
  isCalm = false;
  readonly longCallMs = 0;
  lastFaultAt = 0;

  constructor(private readonly time: WorldTime) {}

  /** From now on all goes well. */
  calmDown(): void {
    this.partners.clear();
    this.crashAt = null;
    this.storeAway = false;
    this.isCalm = true;
  }

  partner(name: PartnerName, fate: PartnerFate): void {
    this.partners.set(name, fate);
  }

  partnerFate(partner: string): PartnerFate {
    const fate = this.partners.get(partner) ?? 'answered';
    // A refusal is meant for one call; it is repeated under that call's key only.
    if (fate === 'refused') this.partners.delete(partner);
    return fate;
  }

  crashesAt(point: string): boolean {
    if (this.crashAt !== point) return false;
    this.crashAt = null;
    return true;
  }

  recordFault(): void {
    this.lastFaultAt = this.time.now;
  }
}
