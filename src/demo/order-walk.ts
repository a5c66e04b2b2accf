import type { OrderApi, OrderStatusAnswer } from './order-api.js';
import { paint, say, type Story } from './terminal.js';

const LOOK_EVERY_MS = 50;

/** Follows one order and tells each status it sees, until `until` is true. */
export async function watch(
  api: OrderApi,
  orderId: string,
  story: Story,
  until: (status: OrderStatusAnswer) => boolean,
): Promise<OrderStatusAnswer> {
  for (;;) {
    const now = await api.status(orderId);
    story.tellOnce(`${orderId} ${now.status}`, paint('cyan', now.status) + waiting(now));
    if (until(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function waiting({ waitingFor, outcome }: OrderStatusAnswer): string {
  if (outcome !== null) return `  outcome ${paint(outcome === 'fulfilled' ? 'green' : 'yellow', outcome)}`;
  if (waitingFor?.until === undefined || waitingFor.until === null) return '';
  return `  until ${waitingFor.until}`;
}

export const awaitsPayment = ({ status, waitingFor }: OrderStatusAnswer): boolean =>
  status === 'AwaitingPayment' && waitingFor?.for === 'payment';

export const isCompleted = ({ status }: OrderStatusAnswer): boolean => status === 'Completed';

/** What the partners themselves wrote down. */
export async function showLedgers(api: OrderApi, orderId: string): Promise<Record<string, number>> {
  say("\nThe partners' own ledgers:");
  const counts: Record<string, number> = {};
  for (const entry of await api.ledgers(orderId)) {
    counts[entry.kind] = (counts[entry.kind] ?? 0) + 1;
    const what =
      entry.amount === null
        ? `${entry.quantity ?? 0} pieces`
        : `${(entry.amount / 100).toFixed(2)} ${entry.currency ?? ''}`;
    say(`  ${entry.kind.padEnd(10)} ${what.padEnd(14)} ${entry.reference}  asked for ${entry.timesAsked}x`);
  }
  return counts;
}

export async function pay(api: OrderApi, orderId: string, story: Story, decision: 'accept' | 'reject'): Promise<void> {
  story.tell(`The customer presses ${decision === 'accept' ? 'Pay' : 'Reject'} on the provider's page.`);
  await api.decide(orderId, decision);
}
