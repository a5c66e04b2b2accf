import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceRig } from '../support/service-rig.js';
import { registerCases } from '../support/register-cases.js';

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly requestBody?: object }>>>>;
}

const ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as ApiDocument; // our own

/** Every operation that may have a body, with ids that name nothing. */
const ROUTES = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter((method): method is 'post' | 'put' | 'patch' | 'delete' => /^(post|put|patch|delete)$/.test(method))
    .map((method) => ({
      method,
      path: path.replaceAll(/\{[^}]+\}/g, ID),
      readsFields: methods[method]?.requestBody !== undefined,
    })),
);

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const fields = (count: number, name: (n: number) => string) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [name(n), n])));

/** A body, and the statuses that are right for it where the sender may use the route. */
const BODIES: Readonly<
  Record<string, { readonly body: string | Buffer; readonly type?: string; readonly statuses: readonly number[] }>
> = {
  'of 101 kB': { body: JSON.stringify({ reason: 'x'.repeat(101 * 1_024) }), statuses: [413] },
  'of 600 levels': { body: deep(600), statuses: [400] },
  'of 8,000 levels': { body: deep(8_000), statuses: [400, 413] },
  'of 8,000 lists': { body: `${'['.repeat(8_000)}${']'.repeat(8_000)}`, statuses: [400, 413] },
  'with 50,000 fields': { body: fields(50_000, (n) => `f${n}`), statuses: [413] },
  'with 600 unknown fields': { body: fields(600, (n) => `f${n}`), statuses: [400] },
  'with unknown fields of long names': { body: fields(3, (n) => `${n}${'n'.repeat(2_000)}`), statuses: [400] },
  'that is cut off': { body: '{"reason":"x', statuses: [400] },
  'that is no JSON': { body: 'reason=x', statuses: [400] },
  'that is no object': { body: '"text"', statuses: [400] },
  'that is no UTF-8': { body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), statuses: [400] },
  'with U+0000 in a value': { body: '{"reason":"a\\u0000b"}', statuses: [400] },
  'with U+0000 in a name': { body: '{"a\\u0000b":1}', statuses: [400] },
  'with half a surrogate pair': { body: '{"reason":"\\ud800"}', statuses: [400] },
  'of another media type': { body: '<reason/>', type: 'application/xml', statuses: [415] },
};

const OF_FIELDS = /unknown fields/;

describe('A hostile body', () => {
  let rig: ServiceRig;
  beforeAll(async () => (rig = await ServiceRig.start()));
  afterAll(() => rig.close());

  it.each(Object.entries(BODIES))(
    '%s is refused on every route, in a short answer (G22)',
    async (name, { body, type, statuses }) => {
      const isOfFields = OF_FIELDS.test(name);
      const wrong: unknown[] = [];
      for (const { method, path, readsFields } of ROUTES) {
        const answer = await rig.api[method](path)
          .set('content-type', type ?? 'application/json')
          .serialize((given: unknown) => given as string)
          .send(body);
        // A webhook without a signature is not read at all, and a route without a body knows no field.
        const isUnread = path.startsWith('/webhooks/') ? answer.status === 401 : isOfFields && !readsFields;
        const isRight = statuses.includes(answer.status) || (isUnread && answer.status < 500);
        if (!isRight || answer.text.length > 16_384)
          wrong.push([method, path, answer.status, answer.text.slice(0, 200)]);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('is tried on every operation of the API document that may have one', () => {
    expect(ROUTES.length).toBeGreaterThanOrEqual(25);
    registerCases(555, ROUTES.length * Object.keys(BODIES).length);
  });
});
