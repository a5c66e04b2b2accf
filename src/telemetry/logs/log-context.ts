import { LRUCache } from 'lru-cache';
import { type ActivityContext, type ActorHead, currentActivity } from '../../durable/index.js';

/** The ids that a log line carries. */
export interface LogIds {
  readonly orderId?: string;
  /** Id of an actor that is not an order. */
  readonly actorId?: string;
  readonly correlationId?: string;
}

type Known = Pick<ActorHead, 'machineId' | 'attributes'>;

const ACTORS_AT_HAND = 10_000;
const ORDER = 'order';

/**
 * Remembers the ids of actors that this process worked on recently, for their log lines.
 * It parses an actor's attributes only when a line needs them. For an actor that it does not remember it returns the
 * actor id alone.
 */
export class LogContext {
  private readonly known = new LRUCache<string, Known>({ max: ACTORS_AT_HAND });

  remember({ actorId, machineId, attributes }: ActorHead): void {
    this.known.set(actorId, { machineId, attributes });
  }

  of(actorId: string): LogIds {
    const known = this.known.get(actorId);
    if (known === undefined) return { actorId };
    const correlationId = correlationOf(known.attributes);
    return {
      ...(known.machineId === ORDER ? { orderId: actorId } : { actorId }),
      ...(correlationId === undefined ? {} : { correlationId }),
    };
  }

  /** Returns the ids of the running activity for lines of any code within it. Returns no fields outside of activities. */
  ofActivity(): object {
    const activity = activityOrNull();
    if (activity === null) return {};
    const { actorId, activityId, attempt } = activity;
    return { ...this.of(actorId), activityId, attempt };
  }

  /** Replaces the runtime's `actorId` in the fields with the ids of {@link of}. */
  enrich(fields: object): object {
    const { actorId, ...rest } = fields as { readonly actorId?: unknown }; // the next line checks it
    return typeof actorId === 'string' ? { ...this.of(actorId), ...rest } : fields;
  }
}

function correlationOf(attributes: string): string | undefined {
  const parsed = JSON.parse(attributes) as Readonly<Record<string, unknown>>; // the store's port promises a JSON object
  const { correlationId } = parsed;
  return typeof correlationId === 'string' ? correlationId : undefined;
}

function activityOrNull(): ActivityContext | null {
  try {
    return currentActivity();
  } catch {
    return null;
  }
}
