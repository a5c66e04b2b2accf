/**
 * The page's script, as the browser gets it: no build step, no library. Every text of an order goes through
 * `textContent`. Rows are kept and changed in place, so that focus and open histories survive the polling.
 */
export const PAGE_SCRIPT = String.raw`'use strict';
(() => {
  const POLL_MS = 1000;
  const STEPS = ['GettingProducts', 'GettingAddress', 'ReservingProducts', 'CalculatingShipping',
    'CalculatingFinalPrice', 'AwaitingPayment', 'PaymentSuccess', 'SendShippingOrder'];
  const STATUS_WORDS = {
    Starting: 'Starting', GettingProducts: 'Getting products', GettingAddress: 'Getting address',
    ReservingProducts: 'Reserving products', CalculatingShipping: 'Calculating shipping',
    CalculatingFinalPrice: 'Calculating price', AwaitingPayment: 'Awaiting payment',
    PaymentSuccess: 'Paid', PaymentFailed: 'Payment failed', SendShippingOrder: 'Sending', Completed: 'Completed',
  };
  const OUTCOME_WORDS = {
    fulfilled: 'Fulfilled', payment_failed: 'Payment failed', payment_timed_out: 'Payment timed out',
    cancelled: 'Cancelled', out_of_stock: 'Out of stock', failed: 'Failed',
  };
  const TONE_WORDS = { red: 'in need of attention', amber: 'waiting', blue: 'running', green: 'fulfilled', grey: 'ended otherwise' };
  const TONES = ['red', 'amber', 'blue', 'green', 'grey'];

  const byId = (id) => document.getElementById(id);
  const demo = document.body.dataset.demo === 'on';
  const rows = new Map();
  let key = sessionStorage.getItem('functionKey') || '';

  function el(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }
  function setText(element, text) { if (element.textContent !== text) element.textContent = text; }
  function say(text, tone) { const p = byId('message'); p.dataset.tone = tone || ''; setText(p, text); }

  // --- server ---------------------------------------------------------------------------------------------------
  async function call(method, path, body) {
    const headers = { accept: 'application/json' };
    if (key) headers['x-functions-key'] = key;
    if (body) headers['content-type'] = 'application/json';
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: 'no-store' });
    const json = await answer.json().catch(() => ({}));
    if (answer.ok) return json;
    if (answer.status === 401) { byId('key-form').hidden = false; byId('key').focus(); }
    throw new Error(json.detail || 'The service answered ' + answer.status + '.');
  }

  // --- words ----------------------------------------------------------------------------------------------------
  function span(ms) {
    const s = Math.max(0, Math.round(ms / 1000));
    if (s < 90) return s + ' s';
    const m = Math.round(s / 60);
    if (m < 90) return m + ' min';
    const h = Math.round(m / 60);
    return h < 48 ? h + ' h' : Math.round(h / 24) + ' days';
  }
  const left = (until) => span(Date.parse(until) - Date.now());
  const ago = (at) => span(Date.now() - Date.parse(at)) + ' ago';
  const plain = (word) => String(word).replace(/([a-z])([A-Z])/g, '$1 $2').replace(/_/g, ' ').toLowerCase();
  const hasEnded = (order) => order.completedAt !== null || order.runtimeStatus === 'Terminated';

  function toneOf(order) {
    if (order.runtimeStatus === 'Terminated') return 'grey';
    if (order.incident || order.runtimeStatus === 'Failed') return 'red';
    if (order.runtimeStatus === 'Suspended') return 'amber';
    if (hasEnded(order)) return order.outcome === 'fulfilled' ? 'green' : 'grey';
    const waits = order.waitingFor && order.waitingFor.for;
    return waits === 'payment' || waits === 'retry' || order.status === 'PaymentFailed' ? 'amber' : 'blue';
  }
  function badgeOf(order) {
    if (['Suspended', 'Terminated', 'Failed'].includes(order.runtimeStatus)) return order.runtimeStatus;
    if (order.incident) return 'Needs attention';
    if (hasEnded(order)) return OUTCOME_WORDS[order.outcome] || order.runtimeStatus;
    return STATUS_WORDS[order.status] || order.status;
  }
  function waitOf(order) {
    const wait = order.waitingFor;
    if (order.runtimeStatus === 'Failed') return 'Stopped by a defect ' + ago(order.completedAt || order.updatedAt);
    if (order.runtimeStatus === 'Terminated') return 'Terminated while ' + plain(order.status) + ' ' + ago(order.completedAt || order.updatedAt);
    if (hasEnded(order)) return 'Ended ' + ago(order.completedAt || order.updatedAt);
    if (order.runtimeStatus === 'Suspended') return 'An operator suspended it; what comes is kept until it is resumed';
    if (!wait) return STATUS_WORDS[order.status] || order.status;
    const name = wait.name ? plain(wait.name) : 'the step';
    switch (wait.for) {
      case 'payment': return 'The customer has ' + left(wait.until) + ' to pay';
      case 'retry': return 'Tries again to ' + name + ' in ' + left(wait.until);
      case 'operator':
        return (wait.name === 'payment_mismatch' ? 'Another payment than ours was reported' : 'Could not ' + name) +
          (wait.until ? '. Unattended, it goes on in ' + left(wait.until) : '');
      default: return 'Asks a partner to ' + name + (wait.attempt > 1 ? ', try ' + wait.attempt : '');
    }
  }

  // --- rows -----------------------------------------------------------------------------------------------------
  function createRow(id) {
    const row = { id, item: el('li', 'order'), order: null, open: false, seq: 0, seen: '', loading: false };
    const state = el('div', 'state');
    row.state = state;
    row.badge = el('span', 'badge');
    row.idText = el('span', 'id', id);
    state.append(row.badge, row.idText);
    const middle = el('div');
    row.wait = el('p', 'wait');
    row.track = el('ol', 'track');
    row.track.setAttribute('aria-hidden', 'true');
    for (const step of STEPS) { const mark = el('li'); mark.title = STATUS_WORDS[step]; row.track.append(mark); }
    row.since = el('p', 'since');
    middle.append(row.wait, row.track, row.since);
    row.actions = el('div', 'actions');
    row.buttons = {
      retry: button('Try again', () => act('POST', '/order/' + id + '/retry', 'The step is tried again.')),
      resume: button('Resume', () => act('POST', '/order/' + id + '/resume', 'The order goes on.')),
      pay: button('Pay', () => act('POST', '/demo/orders/' + id + '/pay', 'Paid at the provider.')),
      reject: button('Reject', () => act('POST', '/demo/orders/' + id + '/reject', 'Refused at the provider.')),
      history: button('History', () => toggle(row)),
    };
    row.buttons.pay.classList.add('primary');
    row.actions.append(row.buttons.retry, row.buttons.resume, row.buttons.pay, row.buttons.reject, row.buttons.history);
    for (const [name, control] of Object.entries(row.buttons))
      control.setAttribute('aria-label', control.textContent + ', order ' + id.slice(0, 8));
    row.history = el('div', 'history');
    row.history.hidden = true;
    row.history.id = 'history-' + id;
    row.note = el('p', '', 'Loading');
    row.entries = el('ol');
    row.history.append(row.note, row.entries);
    row.buttons.history.setAttribute('aria-expanded', 'false');
    row.buttons.history.setAttribute('aria-controls', row.history.id);
    row.item.append(state, middle, row.actions, row.history);
    rows.set(id, row);
    return row;
  }

  function button(text, action) {
    const control = el('button', '', text);
    control.type = 'button';
    control.addEventListener('click', async () => {
      control.disabled = true;
      try { await action(); } catch (error) { say(error.message, 'red'); }
      control.disabled = false;
    });
    return control;
  }
  async function act(method, path, done) { await call(method, path); say(done); await refresh(); }

  function updateRow(row, order) {
    row.order = order;
    const tone = toneOf(order);
    row.item.dataset.tone = tone;
    row.state.dataset.tone = tone;
    setText(row.badge, badgeOf(order));
    const here = order.status === 'PaymentFailed' ? STEPS.indexOf('AwaitingPayment') : STEPS.indexOf(order.status);
    [...row.track.children].forEach((mark, step) => {
      mark.className = step < here ? 'done' : step === here ? 'here' : '';
    });
    const isOpen = !hasEnded(order);
    row.track.hidden = tone === 'grey';
    const isSuspended = order.runtimeStatus === 'Suspended';
    row.buttons.resume.hidden = !isSuspended;
    row.buttons.retry.hidden = isSuspended || !(order.incident && order.waitingFor && order.waitingFor.name !== 'payment_mismatch');
    const payable = demo && isOpen && order.waitingFor !== null && order.waitingFor.for === 'payment';
    row.buttons.pay.hidden = !payable;
    row.buttons.reject.hidden = !payable;
    tick(row);
    if (row.open && row.seen !== order.updatedAt) loadHistory(row).catch((error) => say(error.message, 'red'));
  }
  function tick(row) {
    setText(row.wait, waitOf(row.order));
    const outcome = row.order.outcome;
    const winding = !hasEnded(row.order) && outcome && outcome !== 'fulfilled'
      ? ' · will end as ' + (OUTCOME_WORDS[outcome] || outcome).toLowerCase() : '';
    setText(row.since, 'Placed ' + ago(row.order.createdAt) + winding);
  }

  function render(orders) {
    const rank = (order) => (toneOf(order) === 'red' ? 0 : 1);
    const sorted = [...orders].sort((a, b) => rank(a) - rank(b) || Date.parse(b.createdAt) - Date.parse(a.createdAt));
    const list = byId('list');
    const shown = new Set(sorted.map((order) => order.id));
    for (const [id, row] of rows) if (!shown.has(id) && !row.open) { row.item.remove(); rows.delete(id); }
    sorted.forEach((order, index) => {
      const row = rows.get(order.id) || createRow(order.id);
      updateRow(row, order);
      // Moved only when it is out of place: moving takes the focus away.
      if (list.children[index] !== row.item) list.insertBefore(row.item, list.children[index] || null);
    });
    byId('empty').hidden = sorted.length > 0;
    const counts = byId('counts');
    const texts = TONES.map((tone) => [tone, sorted.filter((order) => toneOf(order) === tone).length]).filter(([, n]) => n > 0);
    counts.replaceChildren(...texts.map(([tone, n]) => {
      const item = el('li', '', n + ' ' + TONE_WORDS[tone]);
      item.dataset.tone = tone;
      return item;
    }));
    const red = sorted.filter((order) => toneOf(order) === 'red').length;
    document.title = (red > 0 ? '(' + red + '!) ' : '') + 'Durable orders';
  }

  // --- history --------------------------------------------------------------------------------------------------
  async function toggle(row) {
    row.open = !row.open;
    row.history.hidden = !row.open;
    row.buttons.history.setAttribute('aria-expanded', String(row.open));
    if (row.open) await loadHistory(row);
  }
  async function loadHistory(row) {
    if (row.loading) return;
    row.loading = true;
    try {
      const seen = row.order.updatedAt;
      for (let next = row.seq; next !== null;) {
        const page = await call('GET', '/order/' + row.id + '/history?limit=200&after=' + next);
        for (const entry of page.items) { row.entries.append(entryItem(entry)); row.seq = entry.seq; }
        next = page.next;
      }
      row.seen = seen;
      setText(row.note, row.seq + ' entries, oldest first');
    } finally { row.loading = false; }
  }
  function entryItem(entry) {
    const item = el('li');
    const at = new Date(entry.at);
    const two = (number) => String(number).padStart(2, '0');
    const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
    const time = el('time', '', clock + '.' + String(at.getMilliseconds()).padStart(3, '0'));
    time.dateTime = entry.at;
    time.title = at.toLocaleString();
    const type = el('span', /failed|refused/.test(entry.type) ? 'bad' : '', entry.type);
    const more = el('details');
    more.append(el('summary', '', gistOf(entry) || 'details'), el('pre', '', JSON.stringify(entry.data, null, 2)));
    item.append(time, type, more);
    return item;
  }
  function gistOf(entry) {
    const data = entry.data;
    const parts = [];
    if (data.activityId) parts.push(data.activityId);
    if (data.attempt > 1) parts.push('try ' + data.attempt);
    if (data.error) parts.push(data.error.code || data.error.message);
    if (data.durationMs !== undefined) parts.push(data.durationMs + ' ms');
    if (data.to !== undefined) parts.push((data.path ? data.path + ': ' : '') + stateText(data.from) + ' → ' + stateText(data.to));
    else if (data.event) parts.push(data.event.type || data.event);
    if (data.reason) parts.push(data.reason);
    if (data.dueAt) parts.push('due ' + new Date(data.dueAt).toLocaleString());
    return parts.join(' · ');
  }
  function stateText(value) {
    if (value === null || value === undefined) return '·';
    if (typeof value === 'string') return value;
    return Object.entries(value).map(([name, inner]) => name + '.' + stateText(inner)).join(' | ');
  }

  // --- polling --------------------------------------------------------------------------------------------------
  async function refresh() {
    const [recent, troubled] = await Promise.all([
      call('GET', '/orders?limit=50'),
      call('GET', '/orders?limit=50&incident=true'),
    ]);
    // The lists are read one after the other: an order in both counts as it is in the recent one.
    const orders = new Map([...troubled.items, ...recent.items].map((order) => [order.id, order]));
    render([...orders.values()]);
  }
  function live(state, text) { const p = byId('live'); p.dataset.state = state; setText(p.querySelector('b'), text); }
  async function poll() {
    if (!document.hidden) {
      try { await refresh(); live('on', 'Live'); }
      catch { live('off', 'No answer, trying again'); for (const row of rows.values()) tick(row); }
    }
    setTimeout(poll, POLL_MS);
  }

  byId('key-form').addEventListener('submit', (event) => {
    event.preventDefault();
    key = byId('key').value;
    sessionStorage.setItem('functionKey', key);
    byId('key-form').hidden = true;
    say('The key is used from now on.');
  });
  const place = byId('place');
  if (place) place.addEventListener('click', async () => {
    place.disabled = true;
    try {
      const { id } = await call('POST', '/demo/orders');
      say('Order ' + id.slice(0, 8) + ' was placed.');
      await refresh();
    } catch (error) { say(error.message, 'red'); }
    place.disabled = false;
  });
  poll();
})();
`;
