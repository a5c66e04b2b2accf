/** Requests made of the API's document: right ones, nearly right ones, and nonsense. */
import * as fc from 'fast-check';
import type { ApiDocument, Operation, Schema } from './api-document.js';

export interface FuzzRequest {
  readonly operationId: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Stands for an order that there is when the request is sent. */
const ORDER = /order~(\d+)~/g;

/** The request, of orders that are there. */
export function withOrders(request: FuzzRequest, orderIds: readonly string[]): FuzzRequest {
  return { ...request, url: request.url.replace(ORDER, (_all, index: string) => pick(orderIds, Number(index))) };
}

const NONSENSE = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    0,
    -1,
    1e308,
    true,
    false,
    [],
    {},
    '\u0000',
    '💥',
    '../..',
    "' OR 1=1 --",
    '%00',
  ),
  fc.string({ maxLength: 300 }),
  fc.integer(),
  fc.double(),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant('x'.repeat(10_001)),
);

/** @param aside parameters that are always given, and values of their own, e.g. a timeout that would be waited for. */
export function requestsOf(
  document: ApiDocument,
  operation: Operation,
  keys: readonly string[],
  aside: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<FuzzRequest> {
  const valueOf = (name: string, schema: Schema): fc.Arbitrary<unknown> => {
    if (name in aside) return aside[name]!;
    if (name === 'id' || name === 'orderId') {
      return fc.oneof(
        { weight: 6, arbitrary: fc.nat().map((index) => `order~${index}~`) },
        { weight: 1, arbitrary: fc.uuid() },
        { weight: 1, arbitrary: NONSENSE },
      );
    }
    return fc.oneof({ weight: 4, arbitrary: fitting(document, schema) }, { weight: 1, arbitrary: NONSENSE });
  };
  const parameters = operation.parameters.map(({ in: place, name, schema }) =>
    fc.record({
      place: fc.constant(place),
      name: fc.constant(name),
      value: valueOf(name, schema),
      given: place === 'path' || name in aside ? fc.constant(true) : fc.boolean(),
    }),
  );
  return fc
    .record({
      parameters: fc.tuple(...parameters),
      key: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.nat() },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      body: operation.body === null ? fc.constant(null) : bodyOf(document, operation.body),
      mediaType: fc.oneof(
        { weight: 12, arbitrary: fc.constant('application/json') },
        {
          weight: 1,
          arbitrary: fc.constantFrom('text/plain', 'application/xml', 'application/json; charset=latin7', 'x'),
        },
      ),
      extra: fc.oneof(
        { weight: 8, arbitrary: fc.constant({}) },
        {
          weight: 1,
          arbitrary: fc.constantFrom({ 'if-match': '"1"' }, { 'if-match': 'W/"x' }, { authorization: 'Bearer x' }),
        },
      ),
    })
    .map(({ parameters: given, key, body, mediaType, extra }) => {
      const query = new URLSearchParams();
      const headers: Record<string, string> = { ...extra };
      let path = operation.path;
      for (const { place, name, value, given: isGiven } of given) {
        if (!isGiven) continue;
        if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(textOf(value)) || '%20');
        else if (place === 'header') headers[name.toLowerCase()] = headerText(value);
        else for (const each of Array.isArray(value) ? value : [value]) query.append(name, textOf(each));
      }
      if (key !== null) headers['x-functions-key'] = pick(keys, key);
      if (body !== null) headers['content-type'] = mediaType;
      const search = query.size === 0 ? '' : `?${query.toString()}`;
      return { operationId: operation.operationId, method: operation.method, url: `${path}${search}`, headers, body };
    });
}

function bodyOf(document: ApiDocument, schema: Schema): fc.Arbitrary<string | null> {
  const text = (values: fc.Arbitrary<unknown>) => values.map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 6, arbitrary: text(fitting(document, schema)) },
    { weight: 3, arbitrary: text(nearly(document, schema)) },
    { weight: 1, arbitrary: text(NONSENSE) },
    { weight: 1, arbitrary: fc.constantFrom('{', '', 'null', '[]', '{"a":1,"a":2}', '{"__proto__":{"a":1}}') },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

/** A value of the schema, as far as its keywords go; formats and patterns by its example. */
function fitting(document: ApiDocument, given: Schema): fc.Arbitrary<unknown> {
  const schema = document.resolve(given);
  const example = schema.example ?? given.example;
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const made = ((): fc.Arbitrary<unknown> => {
    switch (schema.type) {
      case 'object': {
        const { properties = {}, required = [] } = schema;
        const fields = Object.fromEntries(
          Object.entries(properties).map(([name, each]) => [name, fitting(document, each)]),
        );
        return fc.record(fields, { requiredKeys: required.filter((name) => name in fields) });
      }
      case 'array':
        return fc.array(fitting(document, schema.items ?? {}), { maxLength: 4 });
      case 'boolean':
        return fc.boolean();
      case 'integer':
      case 'number':
        return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 1_000 });
      case 'string':
        return schema.pattern === undefined
          ? fc.string({ minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 200) })
          : fc.constant(example ?? 'a');
      case undefined:
      default:
        return fc.jsonValue({ maxDepth: 2 });
    }
  })();
  return example === undefined
    ? made
    : fc.oneof({ weight: 3, arbitrary: fc.constant(example) }, { weight: 2, arbitrary: made });
}

/** One that fits but for one field: wrong, missing, or one too many. */
function nearly(document: ApiDocument, given: Schema): fc.Arbitrary<unknown> {
  const names = Object.keys(document.resolve(given).properties ?? {});
  return fc
    .tuple(fitting(document, given), fc.constantFrom('unheardOf', '__proto__', 'constructor', ...names), NONSENSE)
    .map(([value, name, nonsense]) =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries([...Object.entries(value), [name, nonsense]])
        : nonsense,
    );
}

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Half of a surrogate pair cannot be sent at all.
  return Buffer.from(text.slice(0, 2_000)).toString();
}

/** What an HTTP client lets through in a header. */
function headerText(value: unknown): string {
  return textOf(value)
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
}
