import { type Clock, keyedGuid } from '../../durable/index.js';
import { EVENT_TYPES } from './cloud-event.js';
import { endpointChanged, endpointNotFound, endpointsExhausted, fieldInvalid } from '../push-errors.js';
import type { WebhookOptions } from '../push-options.js';
import type { DisabledReason, EndpointRecord, PushStore } from '../push-store.port.js';
import { webhookAddress } from './webhook-address.js';
import { newSecret, rotated } from './webhook-signature.js';

/** An endpoint as the API shows it, without its secret. Times are ISO 8601. */
export interface EndpointView {
  readonly id: string;
  readonly url: string;
  /** Types that the endpoint subscribes to. Empty: all. */
  readonly events: readonly string[];
  readonly description: string;
  readonly state: 'enabled' | 'disabled';
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: string | null;
  /** Time since which every attempt has failed; null while the endpoint is healthy. */
  readonly failingSince: string | null;
  /** Number of secrets that sign now. During a rotation it is more than one. */
  readonly signingSecrets: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An endpoint with a new secret. The API shows the secret only in this response. */
export interface EndpointSecretView extends EndpointView {
  readonly secret: string;
}

export interface EndpointWish {
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly description?: string | undefined;
}

/** Limits the number of endpoints, because each event costs one row for each endpoint. */
const MOST_ENDPOINTS = 100;

/** Registers and changes endpoints. Every method may also throw StoreUnavailableError. */
export class EndpointService {
  constructor(
    private readonly store: PushStore,
    private readonly clock: Clock,
    private readonly options: WebhookOptions,
    /** Called after an endpoint was registered or changed. */
    private readonly onChanged: () => void = () => undefined,
  ) {}

  /** @param key a repeat with the same key registers no second endpoint, in any process. @throws PushError */
  async register({ url = '', events = [], description = '' }: EndpointWish, key?: string): Promise<EndpointSecretView> {
    const now = this.clock.now();
    const secret = newSecret();
    const endpointId = keyedGuid('webhook-endpoint', key);
    const known = key === undefined ? null : await this.store.findEndpoint(endpointId);
    if (known !== null) return { ...this.viewOf(known), secret: known.secrets[0]?.secret ?? '' };
    const endpoint: EndpointRecord = {
      endpointId,
      url: webhookAddress(url, this.options),
      events: knownTypes(events),
      description,
      secrets: [{ secret, createdAt: now, expiresAt: null }],
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
      revision: 1,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await this.store.insertEndpoint(endpoint, MOST_ENDPOINTS))) throw endpointsExhausted(MOST_ENDPOINTS);
    this.onChanged();
    return { ...this.viewOf(endpoint), secret };
  }

  /** Oldest first. */
  async list(): Promise<EndpointView[]> {
    return (await this.store.listEndpoints()).map((endpoint) => this.viewOf(endpoint));
  }

  /** @throws PushError */
  async get(id: string): Promise<EndpointView> {
    return this.viewOf(await this.found(id));
  }

  /** Leaves every field unchanged that is not given. @throws PushError */
  update(id: string, { url, events, description }: EndpointWish): Promise<EndpointView> {
    return this.change(id, (endpoint) => ({
      ...endpoint,
      ...(url === undefined ? {} : { url: webhookAddress(url, this.options) }),
      ...(events === undefined ? {} : { events: knownTypes(events) }),
      ...(description === undefined ? {} : { description }),
    }));
  }

  /** Adds a secret that signs at once. The old secret also signs until the overlap ends. @throws PushError */
  async rotate(id: string): Promise<EndpointSecretView> {
    const secret = newSecret();
    const { secretOverlapMs } = this.options;
    const view = await this.change(id, (endpoint, now) => ({
      ...endpoint,
      secrets: rotated(endpoint.secrets, secret, now, secretOverlapMs),
    }));
    return { ...view, secret };
  }

  /** Stops sending to the endpoint. Pending deliveries wait. A second call changes nothing. @throws PushError */
  disable(id: string): Promise<EndpointView> {
    return this.change(id, (endpoint, now) =>
      endpoint.disabledAt === null ? { ...endpoint, disabledReason: 'by_hand', disabledAt: now } : endpoint,
    );
  }

  /**
   * Sends pending deliveries when they are due. The endpoint never gets events of the disabled time. @throws PushError
   */
  enable(id: string): Promise<EndpointView> {
    return this.change(id, (endpoint) => ({ ...endpoint, disabledReason: null, disabledAt: null, failingSince: null }));
  }

  /** Deletes the endpoint and its delivery log. @throws PushError */
  async remove(id: string): Promise<void> {
    if (!(await this.store.deleteEndpoint(id))) throw endpointNotFound();
  }

  private async change(
    id: string,
    change: (endpoint: EndpointRecord, now: number) => EndpointRecord,
  ): Promise<EndpointView> {
    const now = this.clock.now();
    const endpoint = await this.found(id);
    const changed = change(endpoint, now);
    if (changed === endpoint) return this.viewOf(endpoint);
    const next = { ...changed, revision: endpoint.revision + 1, updatedAt: now };
    if (!(await this.store.updateEndpoint(next))) throw endpointChanged();
    this.onChanged();
    return this.viewOf(next);
  }

  private async found(id: string): Promise<EndpointRecord> {
    const endpoint = await this.store.findEndpoint(id);
    if (endpoint === null) throw endpointNotFound();
    return endpoint;
  }

  private viewOf(endpoint: EndpointRecord): EndpointView {
    const now = this.clock.now();
    return {
      id: endpoint.endpointId,
      url: endpoint.url,
      events: endpoint.events,
      description: endpoint.description,
      state: endpoint.disabledAt === null ? 'enabled' : 'disabled',
      disabledReason: endpoint.disabledReason,
      disabledAt: isoOrNull(endpoint.disabledAt),
      failingSince: isoOrNull(endpoint.failingSince),
      signingSecrets: endpoint.secrets.filter(({ expiresAt }) => expiresAt === null || expiresAt > now).length,
      createdAt: new Date(endpoint.createdAt).toISOString(),
      updatedAt: new Date(endpoint.updatedAt).toISOString(),
    };
  }
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Returns the types in the order of EVENT_TYPES, without repeats. @throws PushError for an unknown type. */
function knownTypes(events: readonly string[]): string[] {
  const known = Object.keys(EVENT_TYPES);
  const unknown = events.filter((type) => !known.includes(type));
  if (unknown.length > 0) throw fieldInvalid('events', 'isEventType', `events must be among ${known.join(', ')}`);
  return known.filter((type) => events.includes(type));
}
