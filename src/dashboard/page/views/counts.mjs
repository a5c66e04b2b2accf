/** Shows the number of open orders by status. Each number is a link to those orders. */
import { el, renderOnce } from '../dom.mjs';
import { addressOf } from '../list.url.mjs';
import { STATUSES, statusWord } from '../words.mjs';

/** @param counts `{ open, attention, suspended, byStatus: { [status]: count } }` */
export function showCounts(nav, counts, filters) {
  renderOnce(nav, JSON.stringify([counts, filters]), () => {
    const none = Object.keys(filters).length === 0;
    const chip = (word, count, href, tone, isCurrent) =>
      el(
        'a.count',
        { href, 'data-filter': '', 'data-tone': tone, 'aria-current': isCurrent ? 'true' : null },
        el('b', {}, count.toLocaleString()),
        ` ${word}`,
      );
    const { status } = filters;
    return [
      chip(
        counts.attention === 1 ? 'needs attention' : 'need attention',
        counts.attention,
        addressOf({ incident: 'true' }),
        counts.attention > 0 ? 'red' : 'grey',
        filters.incident === 'true',
      ),
      chip('open', counts.open, addressOf({}), 'plain', none),
      counts.suspended > 0
        ? chip(
            'suspended',
            counts.suspended,
            addressOf({ runtimeStatus: 'Suspended' }),
            'amber',
            filters.runtimeStatus === 'Suspended',
          )
        : null,
      ...STATUSES.filter((each) => counts.byStatus[each] !== undefined || each === status).map((each) =>
        chip(
          statusWord(each).toLowerCase(),
          counts.byStatus[each] ?? 0,
          addressOf({ status: each }),
          'plain',
          each === status,
        ),
      ),
    ];
  });
}
