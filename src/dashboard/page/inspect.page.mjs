/** Passes an order's messages from the service's WebSocket to Stately's inspector. */
import { access, givenKey } from './api.mjs';
import { byId, el, setText } from './dom.mjs';
import { askForKeyWhenNeeded, say, showState } from './views/notice.mjs';

const INSPECTOR = 'https://stately.ai';
/** This many messages are kept for a window that opens later. The list shows the last SHOWN of them. */
const KEPT = 5_000;
const SHOWN = 200;
const WAIT_MS = [500, 1_000, 2_000, 4_000];

const id = location.pathname.split('/').at(-1);
const feedUrl = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/dashboard/inspect/${id}/feed`;
const frames = [];
let inspector = null;
let connected = false;
let failures = 0;

function connect() {
  const socket = new WebSocket(feedUrl);
  let known = 0;
  socket.addEventListener('open', () => {
    failures = 0;
    showState('live');
    if (givenKey() !== '') socket.send(JSON.stringify({ key: givenKey() }));
  });
  socket.addEventListener('message', ({ data }) => {
    known += 1;
    // Every connection sends the same messages from the beginning.
    if (known <= frames.length) return;
    const frame = JSON.parse(data);
    frames.push(frame);
    if (frames.length > KEPT) return;
    show(frame);
    if (connected) inspector.postMessage(frame, INSPECTOR);
  });
  socket.addEventListener('close', ({ code }) => {
    if (code === 4401) {
      showState('refused');
      access.dispatchEvent(new Event('key-needed'));
      return;
    }
    if (code === 4404) {
      showState('refused');
      say('There is no such order.', 'red');
      return;
    }
    showState('away');
    setTimeout(connect, WAIT_MS[Math.min(failures, WAIT_MS.length - 1)]);
    failures += 1;
  });
}

function show(frame) {
  const list = byId('frames');
  const what = frame.type === '@xstate.actor' ? frame.name : frame.event.type;
  const value = frame.snapshot?.value === undefined ? '' : ` → ${JSON.stringify(frame.snapshot.value)}`;
  list.append(
    el('li', {}, el('b', {}, frame.type), el('span', {}, `${frame.sessionId.replace(id, 'order')}: ${what}${value}`)),
  );
  while (list.childElementCount > SHOWN) list.firstElementChild.remove();
  setText(byId('count'), `${frames.length}`);
}

addEventListener('message', ({ origin, data, source }) => {
  if (origin !== INSPECTOR || source !== inspector || data?.type !== '@statelyai.connected') return;
  connected = true;
  say("Stately's inspector is connected.");
  for (const frame of frames) inspector.postMessage(frame, INSPECTOR);
});
byId('open').addEventListener('click', () => {
  connected = false;
  inspector = window.open(`${INSPECTOR}/inspect`, 'xstateinspector');
  if (inspector === null) say('The browser did not let this page open a window.', 'red');
});

setText(byId('id'), id);
setText(byId('feed'), feedUrl);
byId('back').href = `/dashboard/orders/${id}`;
byId('chart').href = `/dashboard/orders/${id}`;
askForKeyWhenNeeded();
access.addEventListener('key-given', connect);
connect();
