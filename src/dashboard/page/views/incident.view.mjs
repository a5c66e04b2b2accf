/** Shows an incident: its cause, the possible actions, and what the machine does after each. */
import { wayFrom } from '../chart.replay.mjs';
import { el, renderOnce } from '../dom.mjs';
import { ago, left, plain, incidentTitle } from '../words.mjs';

/**
 * @param actions the result of `OrderActions.ofIncident`.
 * @param incident the service's record of the incident, or null.
 */
export function drawIncident(element, { order, incident, actions, unattended, index, partners }) {
  const isOpen = order.incident || order.runtimeStatus === 'Failed';
  element.hidden = !isOpen;
  if (!isOpen) return;
  const failure = order.attempts.lastFailure;
  const key = JSON.stringify([order.revision, incident?.id, actions.length]);
  renderOnce(element, key, () => {
    const activity = order.waitingFor?.name;
    const partner = partners[activity] ?? null;
    const cause = incident?.cause?.data?.error ?? failure;
    return [
      el(
        'h2',
        {},
        order.runtimeStatus === 'Failed' ? "The order's machine failed" : incidentTitle(order.waitingFor ?? {}),
      ),
      el(
        'p',
        {},
        [
          partner === null ? '' : `${capital(partner)} partner: `,
          cause ? `${cause.code ?? cause.name}. ${cause.message}` : '',
          order.attempts.failures > 0
            ? ` (${order.attempts.failures} failed ${order.attempts.failures === 1 ? 'try' : 'tries'})`
            : '',
        ].join(''),
      ),
      incident?.advice ? el('p', {}, incident.advice) : null,
      incident ? el('p.soft', {}, `Opened ${ago(incident.openedAt)}.`) : null,
      el(
        'ul.choices',
        {},
        actions.map((action) => el('li', {}, action.button, wayOf(action.transition, index, partners, action.skips))),
      ),
      unattended === null
        ? null
        : el(
            'div.alone',
            {},
            el('p', {}, `Left alone, in ${left(order.waitingFor?.until ?? Date.now())}:`),
            wayOf(unattended, index, partners),
          ),
    ];
  });
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * Returns the steps after this transition when every partner call succeeds.
 * @param skips true: the first step counts as done.
 */
export function wayOf(transition, index, partners, skips = false) {
  if (transition === null || transition === undefined) return null;
  const states = wayFrom(transition, index);
  const all = states.flatMap((state, place) => {
    const calls = state.activities.map(
      (activity) => `${plain(activity)}${partners[activity] ? ` (${partners[activity]})` : ''}`,
    );
    if (calls.length > 0 || place < states.length - 1) return calls;
    const top = index.states.get(index.around(state.key).at(-1));
    return state.type === 'final' ? [`order ${plain(state.name)}`] : [plain(top.name)];
  });
  const steps = skips ? all.slice(1) : all;
  const shown = steps.length > 4 ? [...steps.slice(0, 2), '…', steps.at(-1)] : steps;
  return el(
    'ol.way',
    { 'aria-label': 'What it leads to' },
    shown.map((step) => el('li', {}, step)),
  );
}
