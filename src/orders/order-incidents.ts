import { Injectable } from '@nestjs/common';
import {
  type DurableHandle,
  type IncidentFilter,
  type Page,
  type UnknownActorReport,
  InjectHandle,
} from '../durable/index.js';
import type { OrderMachine } from './machine/order/order-machine.js';
import { CursorInvalidError } from './order-errors.js';
import { incidentOf, type OrderIncident } from './views/order-views.js';

/** Incidents of orders and of whatever else runs here. Every method may also throw StoreUnavailableError. */
@Injectable()
export class OrderIncidents {
  constructor(@InjectHandle('order') private readonly orders: DurableHandle<OrderMachine>) {}

  /** Newest first; the resolved ones too. @throws CursorInvalidError */
  async list(
    filter: IncidentFilter = {},
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
  ): Promise<Page<OrderIncident>> {
    try {
      const { items, next } = await this.orders.incidents({ ...filter, ofAnyMachine: true }, page);
      return { items: items.map(incidentOf), next };
    } catch (error) {
      if (error instanceof RangeError) throw new CursorInvalidError({ cause: error });
      throw error;
    }
  }

  /**
   * Says what was done about an incident that no order waits for. One that is resolved stays as it was.
   * @throws UnknownIncidentError @throws IncidentNeedsActionError
   */
  async resolve(incidentId: string, audit: { readonly by: string; readonly reason: string }): Promise<OrderIncident> {
    return incidentOf(await this.orders.incidentLog.acknowledge(incidentId, audit));
  }

  /** Opens an incident about an order that does not exist, once for each key. */
  reportUnknown(report: UnknownActorReport): Promise<void> {
    return this.orders.incidentLog.reportUnknown(report);
  }
}
