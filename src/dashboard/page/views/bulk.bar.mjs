/** Gives one command to several orders. First it shows the effect. After the confirmation it shows each result. */
import { call } from '../api.mjs';
import { ask, reasonField } from './dialog.mjs';
import { el, renderOnce } from '../dom.mjs';
import { say } from './notice.mjs';
import { badgeOf, hasEnded, shortId } from '../words.mjs';

/** Requests at the same time. Other users need the service too. */
const AT_ONCE = 4;

const COMMANDS = {
  retry: {
    text: 'Try again',
    fits: (order) =>
      order.incident && order.runtimeStatus !== 'Suspended' && order.waitingFor?.name !== 'payment_mismatch',
    effect: 'The step that failed is called again.',
  },
  suspend: {
    text: 'Suspend',
    fits: (order) => order.runtimeStatus === 'Running',
    effect: 'Nothing moves until they are resumed; what comes is kept.',
  },
  resume: {
    text: 'Resume',
    fits: (order) => order.runtimeStatus === 'Suspended',
    effect: 'They go on; deadlines that passed meanwhile fire at once.',
  },
  cancel: {
    text: 'Cancel',
    look: 'danger',
    fits: (order) =>
      order.runtimeStatus === 'Running' &&
      !hasEnded(order) &&
      order.outcome === null &&
      !['PaymentSuccess', 'SendShippingOrder', 'PaymentFailed'].includes(order.status),
    effect: 'Goods are released, payments voided or refunded; they end as cancelled.',
  },
};

export class BulkBar {
  constructor(element, { selected, onDone, onClear }) {
    Object.assign(this, { element, selected, onDone, onClear });
  }

  update(filters) {
    const { selected, element } = this;
    const canDoAll = Object.keys(filters).length > 0;
    element.hidden = selected.size === 0 && !canDoAll;
    const buttons = (act) =>
      Object.entries(COMMANDS).map(([name, { text, look }]) =>
        el(`button${look === undefined ? '' : `.${look}`}`, { type: 'button', onclick: () => act(name) }, text),
      );
    renderOnce(element, JSON.stringify([selected.size, filters]), () =>
      selected.size > 0
        ? [
            el('span', {}, `${selected.size} selected`),
            ...buttons((name) => this.askSelected(name)),
            el('button', { type: 'button', onclick: this.onClear }, 'Select none'),
          ]
        : [el('span', {}, 'All that match'), ...buttons((name) => this.askMatching(name, filters))],
    );
  }

  /** Reads each order again, and shows which of them can take the command. */
  async askSelected(name) {
    const { text, look, fits, effect } = COMMANDS[name];
    const ids = [...this.selected];
    const list = el('ul.preview', { 'aria-busy': 'true' }, el('li', {}, 'Looking at them…'));
    const { submit } = ask({
      title: `${text}: ${ids.length} ${ids.length === 1 ? 'order' : 'orders'}`,
      fields: [el('p', {}, effect), list, reasonField()],
      confirm: {
        text,
        look,
        act: (data) =>
          this.run(
            name,
            fitting.map(({ id }) => id),
            data.get('reason'),
          ),
      },
    });
    submit.disabled = true;
    let fitting = [];
    const orders = await each(ids, (id) => call('GET', `/order/${id}`).catch((error) => ({ id, error })));
    fitting = orders.filter((order) => order.error === undefined && fits(order));
    const others = orders.filter((order) => !fitting.includes(order));
    list.removeAttribute('aria-busy');
    list.replaceChildren(
      el('li', {}, `It fits ${fitting.length} of ${ids.length}.`),
      ...others.map((order) =>
        el('li.bad', {}, `${shortId(order.id)} is left alone: ${order.error?.message ?? badgeOf(order)}`),
      ),
    );
    submit.disabled = fitting.length === 0;
  }

  async run(name, ids, reason) {
    const body = reason === '' ? {} : { reason };
    const results = await each(ids, (id) =>
      call('POST', `/order/${id}/${name}`, body).then(
        () => null,
        (error) => ({ id, error }),
      ),
    );
    const refused = results.filter((result) => result !== null);
    const done = ids.length - refused.length;
    const first = refused[0];
    say(
      `${COMMANDS[name].text}: ${done} of ${ids.length} took it.${first === undefined ? '' : ` ${shortId(first.id)}: ${first.error.message}`}`,
      refused.length > 0 ? 'red' : '',
    );
    this.onClear();
    this.onDone();
  }

  /** Lets the service run the command by filter. A dry run comes first. */
  async askMatching(name, filters) {
    const { text, look, effect } = COMMANDS[name];
    const list = el('ul.preview', { 'aria-busy': 'true' }, el('li', {}, 'Asking what it would do…'));
    const filter = bodyOf(filters);
    const { submit } = ask({
      title: `${text}: all orders that match`,
      fields: [el('p', {}, effect), list, reasonField(true)],
      confirm: {
        text,
        look,
        act: async (data) => {
          const { items, more } = await call('POST', `/orders/${name}`, { filter, reason: data.get('reason') });
          const done = items.filter(({ result }) => result === 'accepted').length;
          const rest = more ? ' There are more: do it again.' : '';
          say(`${text}: ${done} of ${items.length} took it.${rest}`, done < items.length ? 'red' : '');
          this.onDone();
        },
      },
    });
    submit.disabled = true;
    try {
      const { items, more } = await call('POST', `/orders/${name}`, { filter, reason: 'Dry run.', dryRun: true });
      const ids = items.slice(0, 10).map(({ id }) => shortId(id));
      list.replaceChildren(
        el('li', {}, `It is for ${items.length}${more ? ' and more' : ''}, as they stand now.`),
        items.length === 0 ? '' : el('li.mono', {}, ids.join(', ') + (items.length > ids.length ? ', …' : '')),
      );
      submit.disabled = items.length === 0;
    } catch (error) {
      list.replaceChildren(el('li.bad', {}, error.message));
    }
    list.removeAttribute('aria-busy');
  }
}

/** Makes the API's filter body of the filters in the address. */
function bodyOf({ incident, createdFrom, createdTo, ...filters }) {
  const time = (name, value) => (value === undefined ? {} : { [name]: new Date(value).toISOString() });
  return {
    ...filters,
    ...(incident === undefined ? {} : { incident: incident === 'true' }),
    ...time('createdFrom', createdFrom),
    ...time('createdTo', createdTo),
  };
}

async function each(items, act) {
  const results = [];
  const queue = [...items.entries()];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await act(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}
