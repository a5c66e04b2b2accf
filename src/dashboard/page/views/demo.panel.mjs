/** Plays the customer and the partners. It exists only where the partner sandbox runs with the service. */
import { call } from '../api.mjs';
import { el } from '../dom.mjs';
import { press, say } from './notice.mjs';
import { shortId } from '../words.mjs';

/** One button each. `order: true`: it places an order of its own. */
const SCENES = [
  { scene: 'place', text: 'Place an order', look: '.primary', title: 'It waits for the customer to pay' },
  { scene: 'paid', text: 'Place and pay', title: 'The customer pays at once' },
  { scene: 'rejected', text: 'Place and reject', title: 'The provider refuses the payment' },
  { scene: 'times-out', text: 'Let it time out', title: 'Nobody pays, within five seconds' },
  { scene: 'paid-twice', text: 'Pay twice', title: 'The provider reports the same payment two times' },
  { scene: 'paid-late', text: 'Pay late', title: 'The money comes when the time is over: it goes back' },
];

const PARTNERS = ['cart', 'users', 'warehouse', 'shipping', 'pricing', 'payments', 'fulfilment'];
const MOODS = { fine: 'works', slow: 'slow (3 s)', failing: 'failing (503)' };

export function openDemoPanel(panel, { onPlaced }) {
  panel.hidden = false;
  const scenes = SCENES.map(({ scene, text, look = '', title }) =>
    el(
      `button${look}`,
      {
        type: 'button',
        title,
        onclick: (event) =>
          press(event.currentTarget, async () => {
            const { id } = await call('POST', '/demo/orders', { scene });
            say(`${text}: order ${shortId(id)}.`);
            onPlaced(id);
          }),
      },
      text,
    ),
  );
  const selects = PARTNERS.map((partner) => {
    const select = el(
      'select',
      {
        name: partner,
        onchange: (event) =>
          press(event.currentTarget, async () => {
            const mood = event.currentTarget?.value ?? select.value;
            await call('PUT', `/demo/partners/${partner}`, { mood });
            say(`From now on the ${partner} partner ${mood === 'fine' ? 'works' : `is ${mood}`}.`);
          }),
      },
      Object.entries(MOODS).map(([value, word]) => el('option', { value }, word)),
    );
    return { partner, select };
  });
  panel.append(
    el('h2', { id: 'demo-title' }, 'Demo ', el('small', {}, 'play the customer and the partners')),
    el('div.buttons', {}, scenes),
    el(
      'details',
      {},
      el('summary', {}, "Partners' moods"),
      el(
        'div.moods',
        {},
        selects.map(({ partner, select }) => el('label', {}, `${partner} `, select)),
      ),
    ),
  );
  call('GET', '/demo/partners').then(
    (moods) => selects.forEach(({ partner, select }) => (select.value = moods[partner] ?? 'fine')),
    (error) => say(error.message, 'red'),
  );
}
