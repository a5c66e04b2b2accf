/** Calls the order service's API. The key stays in this tab and is gone when the tab closes. */

const KEY = 'functionKey';

/** The answer is a problem (RFC 9457), or there is none (status 0). */
export class ApiError extends Error {
  constructor(status, { code = 'no_answer', detail, title } = {}) {
    super(detail ?? title ?? (status === 0 ? 'The service does not answer.' : `The service answered ${status}.`));
    this.status = status;
    this.code = code;
  }
}

/** Dispatches `key-needed` when an answer asks for a key, and `key-given` when the operator entered one. */
export const access = new EventTarget();

export function useKey(key) {
  sessionStorage.setItem(KEY, key);
  access.dispatchEvent(new Event('key-given'));
}

export const givenKey = () => sessionStorage.getItem(KEY) ?? '';

export function headersWith(more = {}) {
  const key = givenKey();
  return key === '' ? more : { 'x-functions-key': key, ...more };
}

/** @throws ApiError */
export async function call(method, path, body) {
  const answer = await request(method, path, body);
  return answer.status === 204 ? null : answer.json();
}

/** @throws ApiError */
export async function text(path) {
  return (await request('GET', path)).text();
}

async function request(method, path, body) {
  const headers = headersWith(body === undefined ? {} : { 'content-type': 'application/json' });
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new ApiError(0);
  }
  if (answer.ok) return answer;
  if (answer.status === 401) access.dispatchEvent(new Event('key-needed'));
  throw new ApiError(answer.status, await answer.json().catch(() => ({})));
}

/** Returns every entry of an order's history after `after`. */
export async function historyOf(id, after = 0) {
  const entries = [];
  for (let next = after; next !== null;) {
    const page = await call('GET', `/order/${id}/history?limit=500&after=${next}`);
    entries.push(...page.items);
    next = page.next;
  }
  return entries;
}
