import { LRUCache } from 'lru-cache';
import { type ActivityContext, type ActorHead, currentActivity } from '../../durable/index.js';

/** Says which order, and which correlation, a line is about. */
export interface LogIds {
  readonly orderId?: string;
  /** Of an actor that is no order. */
  readonly actorId?: string;
  readonly correlationId?: string;
}

type Known = Pick<ActorHead, 'machineId' | 'attributes'>;

const ACTORS_AT_HAND = 10_000;
const ORDER = 'order';

/**
 * Remembers of the actors this process worked on lately what their lines are to say. Attributes are parsed only when a line
 * is written. An actor that was not seen yet is named by its id alone.
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

  /** For lines that are written within an activity, by whomever; nothing for others. */
  ofActivity(): object {
    const activity = activityOrNull();
    if (activity === null) return {};
    const { actorId, activityId, attempt } = activity;
    return { ...this.of(actorId), activityId, attempt };
  }

  /** Fields of the runtime, which knows actors, told in the words of orders. */
  enrich(fields: object): object {
    const { actorId, ...rest } = fields as { readonly actorId?: unknown }; // looked at before it is used
    return typeof actorId === 'string' ? { ...this.of(actorId), ...rest } : fields;
  }
}

function correlationOf(attributes: string): string | undefined {
  const parsed = JSON.parse(attributes) as Readonly<Record<string, unknown>>; // a JSON object, says the store's port
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
