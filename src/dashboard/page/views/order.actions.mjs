/**
 * Makes the buttons for an order in its current state. It reads the chart, so no button gives a command that is refused.
 */
import { call } from '../api.mjs';
import { ask, reasonField } from './dialog.mjs';
import { el } from '../dom.mjs';
import { wayOf } from './incident.view.mjs';
import { nextFrom } from '../chart.replay.mjs';
import { press, say } from './notice.mjs';
import { hasEnded, shortId } from '../words.mjs';

const EXAMPLE = { customer: { address: { street: '', postalCode: '', city: '' } } };

export class OrderActions {
  constructor({ id, index, partners, demo, onDone }) {
    Object.assign(this, { id, index, partners, demo, onDone });
  }

  /** Returns the actions of an incident, each with its transition. `skips`: the first step counts as done. */
  ofIncident(order, leaves) {
    if (order.runtimeStatus === 'Suspended') return [];
    if (order.runtimeStatus === 'Failed')
      return [{ button: this.button('Try again', 'primary', () => this.retry(null)), transition: null }];
    const retry = this.transition(leaves, 'order.retry');
    const cancel = this.transition(leaves, 'order.cancel');
    return [
      retry && { button: this.button('Try again', 'primary', () => this.retry(retry)), transition: retry },
      retry && { button: this.button('Correct and try again', '', () => this.correct(order)), transition: retry },
      retry && { button: this.button('Skip with its answer', '', () => this.skip()), transition: retry, skips: true },
      cancel && { button: this.button('Cancel the order', 'danger', () => this.cancel(cancel)), transition: cancel },
    ].filter(Boolean);
  }

  /** Returns the transition of an incident that nobody handles; null: it waits for ever. */
  unattended(leaves) {
    return (
      nextFrom(leaves, this.index).find(
        ({ kind, event }) => kind === 'after' && event.startsWith('xstate.after.incidentTimeout'),
      ) ?? null
    );
  }

  /** Returns all other actions. */
  ofOrder(order, leaves) {
    const ended = hasEnded(order);
    const isSuspended = order.runtimeStatus === 'Suspended';
    const cancel = order.incident || isSuspended ? null : this.transition(leaves, 'order.cancel');
    const payable = this.demo && !isSuspended && order.waitingFor?.for === 'payment';
    return [
      payable && this.direct('Pay', 'primary', `/demo/orders/${this.id}/pay`, 'Paid at the provider.'),
      payable && this.direct('Reject', '', `/demo/orders/${this.id}/reject`, 'Refused at the provider.'),
      isSuspended && this.button('Resume', 'primary', () => this.resume()),
      order.runtimeStatus === 'Running' &&
        this.command(
          'Suspend',
          'suspend',
          'Nothing moves until it is resumed: no step begins, no deadline fires. What comes is kept.',
        ),
      cancel && this.button('Cancel the order', 'danger', () => this.cancel(cancel)),
      !ended &&
        order.runtimeStatus !== 'Failed' &&
        this.command(
          'Terminate',
          'terminate',
          'A last resort: nothing is compensated. Goods stay reserved until they expire, a payment is neither voided nor refunded.',
          'danger',
        ),
      ended && order.runtimeStatus !== 'Failed' && this.button('Restart as a new order', '', () => this.restart()),
    ].filter(Boolean);
  }

  transition(leaves, event) {
    return nextFrom(leaves, this.index).find((each) => each.event === event && each.target !== null) ?? null;
  }

  button(text, look, act) {
    return el(`button${look === '' ? '' : `.${look}`}`, { type: 'button', onclick: act }, text);
  }

  direct(text, look, path, done) {
    return this.button(text, look, (event) =>
      press(event.currentTarget, async () => {
        await call('POST', path);
        say(done);
        this.onDone();
      }),
    );
  }

  command(text, name, effect, look = '') {
    return this.button(text, look, () =>
      this.askFor({ title: `${text} order ${shortId(this.id)}`, effect: [el('p', {}, effect)], text, look, name }),
    );
  }

  retry(transition) {
    this.askFor({
      title: 'Try the failed step again',
      effect: [this.way(transition)],
      text: 'Try again',
      name: 'retry',
    });
  }

  cancel(transition) {
    this.askFor({
      title: `Cancel order ${shortId(this.id)}`,
      effect: [el('p', {}, 'What is to be undone is undone first:'), this.way(transition)],
      text: 'Cancel the order',
      look: 'danger',
      name: 'cancel',
    });
  }

  correct(order) {
    const known = order.context?.customer?.address;
    const example = known ? { customer: { address: { street: '', postalCode: '', city: known.city ?? '' } } } : EXAMPLE;
    this.askFor({
      title: 'Correct the order and try again',
      effect: [
        el(
          'p',
          {},
          'A merge patch of the order: give only what is to change. The step is then a new call to the partner; be sure that the old one was not carried out.',
        ),
        el(
          'label.field',
          {},
          'Correction (JSON)',
          el('textarea', { name: 'patch', spellcheck: false, required: true, value: JSON.stringify(example, null, 2) }),
        ),
      ],
      text: 'Correct and try again',
      name: 'retry',
      reasonNeeded: true,
      more: (data) => ({ patch: readJson(data.get('patch')) }),
    });
  }

  skip() {
    this.askFor({
      title: 'Skip the failed step',
      effect: [
        el('p', {}, 'For when the partner did do it: the order goes on as if it had answered this.'),
        el(
          'label.field',
          {},
          "The partner's answer (JSON; null where it gives nothing)",
          el('textarea', { name: 'output', spellcheck: false, required: true, value: 'null' }),
        ),
      ],
      text: 'Skip the step',
      name: 'skip',
      reasonNeeded: true,
      more: (data) => ({ output: readJson(data.get('output')) }),
    });
  }

  resume() {
    const choice = el(
      'label.field',
      {},
      'Deadlines',
      el(
        'select',
        { name: 'deadlines' },
        el('option', { value: 'keep' }, 'ran on: those that passed fire at once'),
        el('option', { value: 'move' }, 'are put off by as long as it was suspended'),
      ),
    );
    this.askFor({
      title: `Resume order ${shortId(this.id)}`,
      effect: [choice],
      text: 'Resume',
      name: 'resume',
      more: (data) => ({ deadlines: data.get('deadlines') }),
    });
  }

  restart() {
    this.askFor({
      title: 'Restart as a new order',
      effect: [el('p', {}, 'A new order of the same cart and user is placed; this one stays as it is.')],
      text: 'Restart',
      name: 'restart',
      then: (answer) => location.assign(`/dashboard/orders/${answer.id}`),
    });
  }

  way(transition) {
    return wayOf(transition, this.index, this.partners) ?? el('p', {}, 'It goes on where it stopped.');
  }

  askFor({ title, effect, text, look, name, reasonNeeded = false, more = () => ({}), then }) {
    ask({
      title,
      fields: [...effect, reasonField(reasonNeeded)],
      confirm: {
        text,
        look: look === '' ? undefined : look,
        act: async (data) => {
          const reason = data.get('reason').trim();
          const answer = await call('POST', `/order/${this.id}/${name}`, {
            ...(reason === '' ? {} : { reason }),
            ...more(data),
          });
          say(`${text}: done.`);
          if (then !== undefined) then(answer);
          this.onDone();
        },
      },
    });
  }
}

/** @throws Error with a text for the operator. */
function readJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`This is no JSON: ${error.message}`);
  }
}
