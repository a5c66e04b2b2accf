import { waitUntil } from '../../support/wait-until.js';
import type { Receiver } from './push-receiver.js';
import type { PushService } from './push-service.js';

export interface Endpoint {
  readonly id: string;
  readonly secret: string;
}

export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly nextAttemptAt: string | null;
}

/** Registers webhook endpoints at a receiver, and reads what became of them. @param under called inside tests. */
export function webhookEndpoints(under: () => { readonly service: PushService; readonly receiver: Receiver }) {
  const api = () => under().service.api;
  let paths = 0;
  async function register(events: readonly string[] = []): Promise<Endpoint & { readonly path: string }> {
    paths += 1;
    const path = `/hooks/${paths}`;
    const body = { url: `${under().receiver.url}${path}`, events, description: `number ${paths}` };
    const answer = await api().post('/webhook-endpoints').send(body).expect(201);
    return { ...(answer.body as Endpoint), path }; // the contract of the route
  }
  const remove = (id: string) => api().delete(`/webhook-endpoints/${id}`).expect(204);
  const endpoint = async (id: string) =>
    (await api().get(`/webhook-endpoints/${id}`).expect(200)).body as Record<string, unknown>;
  const deliveries = async (id: string, query = '') =>
    ((await api().get(`/webhook-endpoints/${id}/deliveries${query}`).expect(200)).body as { items: Delivery[] }).items; // the contract of the route
  const settled = (id: string, count: number) =>
    waitUntil(`${count} settled deliveries`, async () => {
      const items = await deliveries(id);
      return items.length >= count && items.every(({ state }) => state !== 'pending') ? items : null;
    });
  return { register, remove, endpoint, deliveries, settled };
}
