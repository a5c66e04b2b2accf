/** Shows the main facts of an order. */
import { el, renderOnce } from '../dom.mjs';
import { dateTime, hasEnded, left, money, OUTCOMES, plain } from '../words.mjs';

export function drawFacts(list, order, partners) {
  const { context, waitingFor } = order;
  const activity = order.attempts.activity;
  const partner = partners[waitingFor?.for === 'payment' ? 'startPayment' : activity];
  const until = waitingFor?.until;
  const facts = [
    [
      'Outcome',
      order.outcome === null
        ? hasEnded(order)
          ? 'none'
          : 'open'
        : `${OUTCOMES[order.outcome] ?? order.outcome}${order.reason ? ` (${plain(order.reason)})` : ''}`,
    ],
    until ? [UNTIL[waitingFor.for] ?? 'Goes on', countdown(until)] : null,
    !hasEnded(order) && partner
      ? ['Partner', `${partner}${order.attempts.failures > 0 ? `, ${order.attempts.failures} failed tries` : ''}`]
      : null,
    context.price ? ['Total', money(context.price.total)] : null,
    context.items ? ['Items', context.items.map(({ productId, count }) => `${count} × ${productId}`).join(', ')] : null,
    order.payment ? ['Payment', payment(order)] : null,
    context.captured ? ['Captured', money(context.captured)] : null,
    context.refund ? ['Refunded', money(context.refund.amount)] : null,
    context.shipment ? ['Shipment', context.shipment.trackingNumber] : null,
    ['Placed', dateTime(order.createdAt)],
    order.completedAt ? ['Ended', dateTime(order.completedAt)] : ['Changed', dateTime(order.updatedAt)],
    ['Cart', mono(order.sessionId)],
    ['User', mono(order.userId)],
    ['Correlation', mono(order.correlationId)],
  ].filter((fact) => fact !== null);
  renderOnce(list, JSON.stringify([order.revision, until ? Math.floor(Date.now() / 1000) : 0]), () =>
    facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );
}

const UNTIL = { payment: 'Payment due', retry: 'Next try', operator: 'Goes on by itself' };

function countdown(until) {
  return el('span', {}, el('b.countdown', {}, `in ${left(until)}`), ` (${dateTime(until)})`);
}

const mono = (text) => (text === null ? 'none' : el('span.mono', {}, text));

function payment({ payment: { paymentId, checkoutUrl }, waitingFor }) {
  if (waitingFor?.for !== 'payment') return mono(paymentId);
  return el('a', { href: checkoutUrl, target: '_blank', rel: 'noreferrer' }, "the customer's checkout page");
}
