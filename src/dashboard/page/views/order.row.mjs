/** Shows one order in a list. It changes its element in place, so focus and selection survive a change. */
import { el, setAttribute, setText } from '../dom.mjs';
import { ago, badgeOf, hasEnded, OUTCOMES, shortId, statusWord, STEPS, toneOf, waitSentence } from '../words.mjs';

export class OrderRow {
  /** @param act gets the name of the pressed button (`retry`, `resume`, `pay`, `reject`), the order, and the button. */
  constructor(id, { act, onSelect = null, isSelected = () => false, demo = false }) {
    this.id = id;
    this.demo = demo;
    this.badge = el('span.badge');
    this.link = el('a.id', { href: `/dashboard/orders/${id}`, 'aria-label': `Order ${id}` }, shortId(id));
    this.wait = el('p.wait');
    this.since = el('p.since');
    this.marks = STEPS.map((step) => el('li', { title: statusWord(step) }));
    this.track = el('ol.track', { 'aria-hidden': 'true' }, this.marks);
    const button = (name, text, look = '') =>
      el(
        `button${look}`,
        {
          type: 'button',
          hidden: true,
          onclick: (event) => act(name, this.order, event.currentTarget),
          'aria-label': `${text}, order ${shortId(id)}`,
        },
        text,
      );
    this.buttons = {
      retry: button('retry', 'Try again', '.primary'),
      resume: button('resume', 'Resume', '.primary'),
      pay: button('pay', 'Pay'),
      reject: button('reject', 'Reject'),
    };
    this.box =
      onSelect === null
        ? null
        : el('input', {
            type: 'checkbox',
            checked: isSelected(id),
            onchange: (event) => onSelect(id, event.currentTarget.checked),
            'aria-label': `Select order ${shortId(id)}`,
          });
    this.element = el(
      'li.order',
      {},
      this.box === null ? null : el('label.pick', {}, this.box),
      el('div.state', {}, this.badge, this.link),
      el('div.middle', {}, this.wait, this.track, this.since),
      el('div.actions', {}, Object.values(this.buttons)),
    );
    this.element.dataset.id = id;
  }

  update(order) {
    this.order = order;
    const tone = toneOf(order);
    setAttribute(this.element, 'data-tone', tone);
    setText(this.badge, badgeOf(order));
    const here = STEPS.indexOf(order.status === 'PaymentFailed' ? 'AwaitingPayment' : order.status);
    this.marks.forEach((mark, step) => {
      const look = step < here ? 'done' : step === here ? 'here' : '';
      if (mark.className !== look) mark.className = look;
    });
    this.track.hidden = tone === 'grey';
    const isSuspended = order.runtimeStatus === 'Suspended';
    const wait = order.waitingFor;
    this.buttons.retry.hidden = isSuspended || !(tone === 'red' && wait !== null && wait.name !== 'payment_mismatch');
    this.buttons.resume.hidden = !isSuspended;
    const payable = this.demo && !isSuspended && !hasEnded(order) && wait?.for === 'payment';
    this.buttons.pay.hidden = !payable;
    this.buttons.reject.hidden = !payable;
    this.tick();
  }

  /** Updates the texts that change with time alone. */
  tick(now = Date.now()) {
    setText(this.wait, waitSentence(this.order, now));
    const { outcome } = this.order;
    const winding =
      !hasEnded(this.order) && outcome !== null && outcome !== 'fulfilled'
        ? ` · will end as ${(OUTCOMES[outcome] ?? outcome).toLowerCase()}`
        : '';
    setText(this.since, `Placed ${ago(this.order.createdAt, now)}${winding}`);
  }
}

/** Makes one row for each order. It moves a row only when it is out of place, because a move takes the focus away. */
export function fillRows(list, rows, orders, createRow) {
  const shown = new Set(orders.map(({ id }) => id));
  for (const [id, row] of rows) {
    if (shown.has(id)) continue;
    row.element.remove();
    rows.delete(id);
  }
  orders.forEach((order, index) => {
    let row = rows.get(order.id);
    if (row === undefined) {
      row = createRow(order.id);
      rows.set(order.id, row);
    }
    row.update(order);
    if (list.children[index] !== row.element) list.insertBefore(row.element, list.children[index] ?? null);
  });
}
