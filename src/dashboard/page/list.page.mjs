/** Shows orders that need attention, then one page of the orders that match the address. */
import { access, call } from './api.mjs';
import { BulkBar } from './views/bulk.bar.mjs';
import { showCounts } from './views/counts.mjs';
import { openDemoPanel } from './views/demo.panel.mjs';
import { byId, el, perFrame, setText } from './dom.mjs';
import { follow } from './live.mjs';
import { addressOf, queryOf, readCursor, readFilters } from './list.url.mjs';
import { askForKeyWhenNeeded, press, say, showState } from './views/notice.mjs';
import { fillRows, OrderRow } from './views/order.row.mjs';
import { OUTCOMES, RUNTIME_STATUSES, shortId, STATUSES, statusWord } from './words.mjs';

const PAGE_SIZE = 50;
const ATTENTION_SIZE = 10;
/** Shortest time between two counts. A count reads all open orders, so not every change makes one. */
const COUNT_MS = 2_000;

const settings = await call('GET', '/dashboard/settings');
const list = byId('list');
const form = byId('filters');
const rows = new Map();
const attentionRows = new Map();
const selected = new Set();
const shown = { orders: [], attention: [], counts: null, next: null };

const ACTIONS = {
  retry: { path: (id) => `/order/${id}/retry`, done: 'is tried again' },
  resume: { path: (id) => `/order/${id}/resume`, done: 'goes on' },
  pay: { path: (id) => `/demo/orders/${id}/pay`, done: 'was paid at the provider' },
  reject: { path: (id) => `/demo/orders/${id}/reject`, done: 'was refused at the provider' },
};

const act = (name, order, button) =>
  press(button, async () => {
    const { path, done } = ACTIONS[name];
    await call('POST', path(order.id));
    say(`Order ${shortId(order.id)} ${done}.`);
    feed.look();
  });

const select = (id, isSelected) => {
  if (isSelected) selected.add(id);
  else selected.delete(id);
  bulk.update(readFilters());
};

const createRow = (id) =>
  new OrderRow(id, { act, onSelect: select, isSelected: (each) => selected.has(each), demo: settings.demo });
const createAttentionRow = (id) => new OrderRow(id, { act });

const draw = perFrame(() => {
  performance.mark('draw');
  fillRows(list, rows, shown.orders, createRow);
  const filters = readFilters();
  const isFiltered = Object.keys(filters).length > 0;
  const cursor = readCursor();
  fillRows(
    byId('attention-list'),
    attentionRows,
    isFiltered || cursor !== null ? [] : shown.attention.slice(0, ATTENTION_SIZE),
    createAttentionRow,
  );
  byId('attention').hidden = attentionRows.size === 0;
  byId('attention-more').hidden = shown.attention.length <= ATTENTION_SIZE;
  setText(byId('orders'), isFiltered ? 'Orders found' : 'All orders');
  setText(
    byId('shown'),
    `${shown.orders.length}${shown.next === null ? '' : '+'} ${cursor === null ? '' : 'on this page, '}newest first`,
  );
  byId('older').disabled = shown.next === null;
  byId('newer').disabled = cursor === null;
  showEmpty(isFiltered);
  if (shown.counts !== null) showCounts(byId('counts'), shown.counts, filters);
  const attention = shown.counts?.attention ?? shown.attention.length;
  document.title = `${attention > 0 ? `(${attention}!) ` : ''}Orders`;
  performance.measure('draw-list', 'draw');
});

function showEmpty(isFiltered) {
  const empty = byId('empty');
  empty.hidden = shown.orders.length > 0;
  setText(empty, isFiltered ? 'No order matches. Clear the filters to see all.' : 'No orders yet.');
}

let countedAt = 0;
async function look() {
  const isPlain = Object.keys(readFilters()).length === 0 && readCursor() === null;
  const [page, attention] = await Promise.all([
    call('GET', `/orders?${queryOf(readFilters(), { limit: PAGE_SIZE, cursor: readCursor() })}`),
    isPlain ? call('GET', `/orders?incident=true&limit=${ATTENTION_SIZE + 1}`) : { items: [] },
  ]);
  Object.assign(shown, { orders: page.items, next: page.next, attention: attention.items });
  if (Date.now() - countedAt >= COUNT_MS) {
    countedAt = Date.now();
    shown.counts = await call('GET', '/dashboard/counts');
  }
  draw();
}

const bulk = new BulkBar(byId('bulk'), { selected, onDone: () => feed.look(), onClear: clearSelection });
function clearSelection() {
  selected.clear();
  for (const { box } of rows.values()) box.checked = false;
  bulk.update(readFilters());
}

function showFilters() {
  const filters = readFilters();
  for (const name of ['q', 'status', 'runtimeStatus', 'outcome', 'createdFrom', 'createdTo'])
    form.elements[name].value = filters[name] ?? '';
  form.elements.incident.checked = filters.incident === 'true';
  bulk.update(filters);
}

function go(address) {
  history.pushState(null, '', address);
  arrive();
}
function arrive() {
  clearSelection();
  showFilters();
  feed.look();
}

form.elements.status.append(
  el('option', { value: '' }, 'Any'),
  ...STATUSES.map((status) => el('option', { value: status }, statusWord(status))),
);
form.elements.runtimeStatus.append(
  el('option', { value: '' }, 'Any'),
  ...RUNTIME_STATUSES.map((word) => el('option', { value: word }, word)),
);
form.elements.outcome.append(
  el('option', { value: '' }, 'Any'),
  ...Object.entries(OUTCOMES).map(([value, word]) => el('option', { value }, word)),
);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  go(addressOf(Object.fromEntries(new FormData(form))));
});
form.addEventListener('reset', (event) => {
  event.preventDefault();
  go('/dashboard');
});
for (const name of ['status', 'runtimeStatus', 'outcome', 'incident'])
  form.elements[name].addEventListener('change', () => form.requestSubmit());
byId('older').addEventListener('click', () => go(addressOf(readFilters(), shown.next)));
byId('newer').addEventListener('click', () => go(addressOf(readFilters())));
addEventListener('popstate', arrive);
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-filter]') : null;
  if (link === null || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute('href'));
});

askForKeyWhenNeeded();
const feed = follow({ stream: '/orders/stream', look, onState: showState, pauseMs: 400 });
access.addEventListener('key-given', () => feed.look());
showFilters();
setInterval(() => {
  for (const row of rows.values()) row.tick();
  for (const row of attentionRows.values()) row.tick();
}, 1_000);
if (settings.demo) openDemoPanel(byId('demo'), { onPlaced: () => feed.look() });
