import type { components } from '../api/api-schema.js';
import { fields } from './text-table.js';

type Schemas = components['schemas'];
type StatusPart = Pick<Schemas['OrderStatusDto'], 'status' | 'outcome' | 'waitingFor'>;

/** E.g. `AwaitingPayment, waiting for payment until 2026-01-31T12:00:00.000Z`. */
function statusLine({ status, outcome, waitingFor }: StatusPart): string {
  const ended = outcome === null ? '' : ` (${outcome})`;
  return `${status}${ended}${waiting(waitingFor)}`;
}

function waiting(wait: StatusPart['waitingFor']): string {
  if (wait === null) return '';
  const name = wait.name === undefined ? '' : ` ${wait.name}`;
  const attempt = wait.attempt !== undefined && wait.attempt > 1 ? `, try ${wait.attempt}` : '';
  const until = wait.until === undefined ? '' : ` until ${wait.until}`;
  return `, waiting for ${wait.for}${name}${attempt}${until}`;
}

export function statusText(order: Schemas['OrderStatusDto']): string {
  return fields({ order: order.id, status: statusLine(order), since: order.updatedAt });
}

export function detailsText(order: Schemas['OrderDetailsDto']): string {
  return fields({
    order: order.id,
    status: statusLine(order),
    runtime: `${order.runtimeStatus}${order.incident ? ', needs a person' : ''}`,
    reason: order.reason,
    cart: order.sessionId,
    user: order.userId,
    payment: order.paymentId,
    correlation: order.correlationId,
    placed: order.createdAt,
    moved: order.updatedAt,
    ended: order.completedAt,
    revision: `${order.revision}, machine version ${order.machineVersion}`,
  });
}

export function summaryRow(order: Schemas['OrderSummaryDto']): Record<string, string> {
  return {
    order: order.id,
    status: statusLine(order),
    runtime: order.runtimeStatus,
    attention: order.incident ? 'yes' : '',
    placed: order.createdAt,
  };
}

export function receiptText({ id, event, result }: Schemas['CommandReceiptDto']): string {
  return `${id}: ${event} ${result}`;
}

/** E.g. `12  2026-01-31T12:00:00.000Z  activity.failed  reserveProducts: warehouse is not available`. */
export function entryText({ seq, at: when, type, data }: Schemas['OrderHistoryEntryDto']): string {
  return `${String(seq).padStart(4)}  ${when}  ${type.padEnd(20)}  ${factText(data)}`.trimEnd();
}

function factText(data: Readonly<Record<string, unknown>>): string {
  const { activityId, from, to, error, event, dueAt, reason } = data;
  const parts = [
    text(activityId),
    to === undefined ? null : `${from == null ? 'nothing' : stateText(from)} -> ${stateText(to)}`,
    typeof event === 'object' && event !== null && 'type' in event ? text(event.type) : null,
    typeof dueAt === 'number' ? `due ${new Date(dueAt).toISOString()}` : null,
    typeof error === 'object' && error !== null && 'message' in error ? text(error.message) : null,
    text(reason),
  ];
  return parts.filter((part) => part !== null).join(': ');
}

/** Writes a nested state as `AwaitingPayment.open`, and parallel states as `a.x | b.y`. */
function stateText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}.${stateText(inner)}`)
    .join(' | ');
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
