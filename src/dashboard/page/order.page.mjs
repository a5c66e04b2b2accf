/** Shows one order: incident, actions, chart, timeline and history, now or at an earlier entry. */
import { access, ApiError, call, historyOf, text } from './api.mjs';
import { drawAttempts } from './views/attempts.view.mjs';
import { ChartIndex, nextFrom, replay } from './chart.replay.mjs';
import { ChartView, transitionText } from './views/chart.view.mjs';
import { byId, el, perFrame, renderOnce, setAttribute, setText } from './dom.mjs';
import { download, drawHistory } from './views/history.view.mjs';
import { drawIncident } from './views/incident.view.mjs';
import { follow } from './live.mjs';
import { askForKeyWhenNeeded, showState } from './views/notice.mjs';
import { OrderActions } from './views/order.actions.mjs';
import { drawFacts } from './views/order.facts.mjs';
import { drawTimeline } from './views/timeline.view.mjs';
import { badgeOf, clock, hasEnded, shortId, toneOf, waitSentence } from './words.mjs';

const id = location.pathname.split('/').at(-1);
const settings = await call('GET', '/dashboard/settings');
const travel = byId('travel');

const page = {
  order: null,
  incident: null,
  entries: [],
  /** Chart of the machine in the order's version. */
  index: null,
  view: null,
  actions: null,
  /** Sequence of the entry that the page shows; null: now. */
  at: readAt(),
  even: true,
  hasBegun: false,
};

function readAt() {
  const at = Number(new URLSearchParams(location.search).get('at'));
  return Number.isInteger(at) && at > 0 ? at : null;
}

async function look() {
  const order = await call('GET', `/order/${id}`);
  const [fresh, incidents] = await Promise.all([
    historyOf(id, page.entries.at(-1)?.seq ?? 0),
    order.incident ? call('GET', `/incidents?orderId=${id}&open=true&limit=1`) : { items: [] },
    page.index === null ? loadChart(order.machineVersion) : null,
  ]);
  page.order = order;
  page.incident = incidents.items[0] ?? null;
  // Two looks may overlap while the stream reconnects. The sequence keeps an entry from being added twice.
  const lastSeq = page.entries.at(-1)?.seq ?? 0;
  page.entries.push(...fresh.filter(({ seq }) => seq > lastSeq));
  draw();
}

async function loadChart(version) {
  const query = `?version=${encodeURIComponent(version)}`;
  let chart = { states: [], transitions: [] };
  try {
    chart = await call('GET', `/machines/order/chart${query}`);
    // The first drawing of a version takes a moment. The incident must not wait for it.
    void loadDrawing(query);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    byId('chart').textContent = `The service has no machine of version ${version} any more.`;
  }
  page.index = new ChartIndex(chart);
  page.actions = new OrderActions({
    id,
    index: page.index,
    partners: settings.partners,
    demo: settings.demo,
    onDone: () => feed.look(),
  });
}

async function loadDrawing(query) {
  try {
    const svg = await text(`/machines/order.svg${query}`);
    page.view = new ChartView(byId('chart'), page.index, svg);
    draw();
  } catch (error) {
    byId('chart').textContent = error.message;
  }
}

const draw = perFrame(() => {
  const { order, entries, index, view } = page;
  if (order === null || index === null) return;
  performance.mark('draw');
  const { partners } = settings;
  const lastSeq = entries.at(-1)?.seq ?? 0;
  const seq = Math.min(page.at ?? lastSeq, lastSeq);
  const isLive = page.at === null;
  const now = replay(entries, index);
  const position = isLive ? now : replay(entries, index, seq);

  drawHead(order, now);
  drawIncident(byId('incident'), {
    order,
    incident: page.incident,
    index,
    partners,
    actions: page.actions.ofIncident(order, now.leaves),
    unattended: order.incident ? page.actions.unattended(now.leaves) : null,
  });
  drawFacts(byId('facts'), order, partners);
  // The whole way of an ended order says more than its last state.
  if (view !== null && !page.hasBegun && hasEnded(order)) showWhole();
  page.hasBegun = view !== null;
  view?.show(position, { isLive });
  drawTravel(entries, seq, lastSeq, isLive);
  drawNext(position);
  drawTime();
  drawAttempts(byId('attempts'), { entries: isLive ? entries : entries.filter((entry) => entry.seq <= seq), partners });
  drawHistory(byId('history'), { entries, seq, isLive, onTravel: travelTo });
  performance.measure('draw-order', 'draw');
});

function drawHead(order, position) {
  const tone = toneOf(order);
  setAttribute(byId('now'), 'data-tone', tone);
  setAttribute(byId('now').querySelector('.state'), 'data-tone', tone);
  setText(byId('badge'), badgeOf(order));
  setText(byId('wait'), waitSentence(order));
  setText(byId('machine'), `machine order, version ${order.machineVersion}, revision ${order.revision}`);
  document.title = `${tone === 'red' ? '(!) ' : ''}${badgeOf(order)} · order ${shortId(id)}`;
  renderOnce(byId('actions'), JSON.stringify([order.revision, position.leaves]), () =>
    page.actions.ofOrder(order, position.leaves),
  );
}

function drawTravel(entries, seq, lastSeq, isLive) {
  travel.max = String(lastSeq);
  travel.value = String(seq);
  const entry = entries[seq - 1];
  travel.setAttribute('aria-valuetext', entry === undefined ? '' : `Entry ${seq} of ${lastSeq}: ${entry.type}`);
  setText(
    byId('travel-text'),
    entry === undefined
      ? ''
      : isLive
        ? `Now, after ${lastSeq} entries`
        : `Entry ${seq} of ${lastSeq}: ${entry.type} at ${clock(entry.at)}`,
  );
  setAttribute(byId('travel-now'), 'aria-pressed', isLive);
  byId('travel-back').disabled = seq <= 1;
  byId('travel-on').disabled = seq >= lastSeq;
  document.body.classList.toggle('past', !isLive);
}

function drawNext({ leaves }) {
  renderOnce(byId('next'), leaves.join(), () => {
    const texts = nextFrom(leaves, page.index).map((transition) => transitionText(transition, page.index));
    return texts.length === 0 ? [el('li', {}, 'Nothing: it has ended.')] : texts.map((each) => el('li', {}, each));
  });
}

function drawTime() {
  const { order, entries, even } = page;
  if (order === null || entries.length === 0) return;
  const lastSeq = entries.at(-1).seq;
  drawTimeline(byId('timeline'), {
    entries,
    even,
    now: Date.now(),
    seq: Math.min(page.at ?? lastSeq, lastSeq),
    isOpen: !hasEnded(order),
    partners: settings.partners,
    onTravel: travelTo,
  });
}

/** @param seq null: now. */
function travelTo(seq) {
  const lastSeq = page.entries.at(-1)?.seq ?? 1;
  page.at = seq === null || seq >= lastSeq ? null : Math.max(1, seq);
  const address = page.at === null ? location.pathname : `${location.pathname}?at=${page.at}`;
  history.replaceState(null, '', address);
  draw();
}

function showWhole() {
  page.view?.follow(false);
  page.view?.fit();
  setAttribute(byId('zoom-active'), 'aria-pressed', false);
}

function press(names, pressed) {
  for (const name of names) setAttribute(byId(name), 'aria-pressed', name === pressed);
}

setText(byId('id'), id);
travel.addEventListener('input', () => travelTo(Number(travel.value)));
byId('travel-back').addEventListener('click', () => travelTo(Number(travel.value) - 1));
byId('travel-on').addEventListener('click', () => travelTo(Number(travel.value) + 1));
byId('travel-now').addEventListener('click', () => travelTo(null));
byId('zoom-in').addEventListener('click', () => page.view?.zoom(1));
byId('zoom-out').addEventListener('click', () => page.view?.zoom(-1));
byId('zoom-fit').addEventListener('click', showWhole);
byId('zoom-active').addEventListener('click', () => {
  const follows = byId('zoom-active').getAttribute('aria-pressed') !== 'true';
  setAttribute(byId('zoom-active'), 'aria-pressed', follows);
  page.view?.follow(follows);
});
for (const [name, even] of [
  ['scale-even', true],
  ['scale-time', false],
]) {
  byId(name).addEventListener('click', () => {
    page.even = even;
    press(['scale-even', 'scale-time'], name);
    drawTime();
  });
}
byId('download').addEventListener('click', () => download(id, page.entries));
byId('inspect').href = `/dashboard/inspect/${id}`;

askForKeyWhenNeeded();
const feed = follow({ stream: `/order/${id}/stream`, look, onState: showState });
access.addEventListener('key-given', () => feed.look());
setInterval(() => {
  if (page.order === null || page.index === null) return;
  setText(byId('wait'), waitSentence(page.order));
  drawFacts(byId('facts'), page.order, settings.partners);
  if (!hasEnded(page.order)) drawTime();
}, 1_000);
