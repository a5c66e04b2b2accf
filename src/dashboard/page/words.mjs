/** Words and tones for orders, in one place. Colour never carries meaning alone. */

const STATUS = {
  Starting: 'Starting',
  GettingProducts: 'Getting products',
  GettingAddress: 'Getting address',
  ReservingProducts: 'Reserving products',
  CalculatingShipping: 'Calculating shipping',
  CalculatingFinalPrice: 'Calculating price',
  AwaitingPayment: 'Awaiting payment',
  PaymentSuccess: 'Paid',
  PaymentFailed: 'Payment failed',
  SendShippingOrder: 'Sending',
  Completed: 'Completed',
};
export const STATUSES = Object.keys(STATUS);

export const RUNTIME_STATUSES = ['Running', 'Suspended', 'Completed', 'Failed', 'Terminated'];

export const OUTCOMES = {
  fulfilled: 'Fulfilled',
  payment_failed: 'Payment failed',
  payment_timed_out: 'Payment timed out',
  cancelled: 'Cancelled',
  out_of_stock: 'Out of stock',
  failed: 'Failed',
};

/** Statuses of a paid order, in order, for the track. */
export const STEPS = STATUSES.filter((status) => !['Starting', 'PaymentFailed', 'Completed'].includes(status));

export const statusWord = (status) => STATUS[status] ?? plain(status);

/** Makes words of `getProducts` and `payment_mismatch`. */
export const plain = (word) =>
  String(word)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_.]/g, ' ')
    .toLowerCase();

export const hasEnded = (order) => order.completedAt !== null || order.runtimeStatus === 'Terminated';
export const shortId = (id) => id.slice(0, 8);

/** red: a person has to act. amber: waits. blue: runs. green: fulfilled. grey: ended without success. */
export function toneOf(order) {
  if (order.runtimeStatus === 'Terminated') return 'grey';
  if (order.incident || order.runtimeStatus === 'Failed') return 'red';
  if (order.runtimeStatus === 'Suspended') return 'amber';
  if (hasEnded(order)) return order.outcome === 'fulfilled' ? 'green' : 'grey';
  const waits = order.waitingFor?.for;
  return waits === 'payment' || waits === 'retry' || order.status === 'PaymentFailed' ? 'amber' : 'blue';
}

export function badgeOf(order) {
  if (order.runtimeStatus === 'Failed') return 'Machine failed';
  if (order.runtimeStatus === 'Suspended' || order.runtimeStatus === 'Terminated') return order.runtimeStatus;
  if (order.incident) return 'Needs attention';
  if (hasEnded(order)) return OUTCOMES[order.outcome] ?? order.runtimeStatus;
  return statusWord(order.status);
}

/** Says in one sentence what the order does, and when it goes on. */
export function waitSentence(order, now = Date.now()) {
  const wait = order.waitingFor;
  const ended = () => ago(order.completedAt ?? order.updatedAt, now);
  if (order.runtimeStatus === 'Failed') return `Stopped by a defect ${ended()}`;
  if (order.runtimeStatus === 'Terminated')
    return `Terminated while ${statusWord(order.status).toLowerCase()} ${ended()}`;
  if (hasEnded(order)) return `Ended ${ended()}`;
  if (order.runtimeStatus === 'Suspended') return 'Suspended; what comes is kept until it is resumed';
  if (!wait) return statusWord(order.status);
  const name = wait.name ? plain(wait.name) : 'the step';
  switch (wait.for) {
    case 'payment':
      return `The customer has ${left(wait.until, now)} to pay`;
    case 'retry':
      return `Tries again to ${name} in ${left(wait.until, now)}`;
    case 'operator':
      return `${incidentTitle(wait)}${wait.until ? `. Unattended, it goes on in ${left(wait.until, now)}` : ''}`;
    default:
      return `Asks a partner to ${name}${wait.attempt > 1 ? `, try ${wait.attempt}` : ''}`;
  }
}

export function incidentTitle(wait) {
  if (wait.name === 'payment_mismatch') return 'Another payment than ours was reported';
  return wait.name ? `Could not ${plain(wait.name)}` : 'A person is needed';
}

/** Returns e.g. `75 s`, `3 min`, `5 h`, `2 days`. */
export function span(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}
/** Returns e.g. `12 ms`, `1.4 s`; longer times as {@link span}. */
export function shortSpan(ms) {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : span(ms);
}
export const left = (until, now = Date.now()) => span(Date.parse(until) - now);
export const ago = (at, now = Date.now()) => `${span(now - Date.parse(at))} ago`;

/** Formats an amount of minor units. Every currency of the service has two decimals. */
export function money({ amount, currency }) {
  return new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(amount / 100);
}

export const clock = (at) =>
  new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
export const dateTime = (at) =>
  new Date(at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
