/** Keeps the filters of the list in the address, so a link to it can be kept and sent. */

const FILTERS = ['q', 'status', 'runtimeStatus', 'outcome', 'createdFrom', 'createdTo', 'incident'];

/** Returns the filters that are set. */
export function readFilters(search = location.search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(FILTERS.map((name) => [name, given.get(name) ?? '']).filter(([, value]) => value !== ''));
}

export const readCursor = (search = location.search) => new URLSearchParams(search).get('cursor');

export function addressOf(filters, cursor = null) {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== ''));
  if (cursor !== null) query.set('cursor', cursor);
  const text = query.toString();
  return `/dashboard${text === '' ? '' : `?${text}`}`;
}

/** Makes the query of `GET /orders`. The operator enters times of their own zone. */
export function queryOf(filters, { limit, cursor = null }) {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries(filters)) {
    const isTime = name === 'createdFrom' || name === 'createdTo';
    query.set(name, isTime ? new Date(value).toISOString() : value.trim());
  }
  if (cursor !== null) query.set('cursor', cursor);
  return query.toString();
}
