/**
 * Every field of every operation of the API document, with every value that somebody might put there: never the service's
 * fault, and the same answer on both databases.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { ServiceRig } from '../support/service-rig.js';
import { registerCases } from '../support/register-cases.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
}
interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
}
interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as ApiDocument; // our own
const ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e',
  '💶',
  'x'.repeat(3_000),
  "'; DROP TABLE actors; --",
  '%00',
  '../..',
  '{}',
  'null',
  'NaN',
  '1e30',
  '-1',
  '9007199254740993',
  '0x10',
  '2026-W01-1',
  '2026-02-30T00:00:00Z',
  '2026-01-01T00:00:60Z',
  '0000-01-01T00:00:00Z',
  '99999-01-01T00:00:00Z',
  'eyJhdCI6MWUzMCwiaWQiOiJ4In0',
];
const VALUES: readonly unknown[] = [...TEXTS, null, true, 0, -1, 1.5, 1e30, 2 ** 53, [], [[]], {}, { a: 1 }, ['\0']];

interface Case {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const CASES = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => casesOf(method, path, operation)),
);

function casesOf(method: string, path: string, operation: Operation): Case[] {
  const url = path.replaceAll(/\{[^}]+\}/g, ID);
  const plain: Case = { method: method.toUpperCase(), url, headers: {}, body: null };
  const ofParameters = (operation.parameters ?? []).flatMap(({ name, in: where }) =>
    TEXTS.map((text): Case => {
      const encoded = encodedOf(text);
      if (where === 'path') return { ...plain, url: path.replace(`{${name}}`, encoded).replaceAll(/\{[^}]+\}/g, ID) };
      if (where === 'query') return { ...plain, url: `${url}?${name}=${encoded}` };
      // A header takes no other bytes.
      return { ...plain, headers: { [name]: text.replaceAll(/[^\x20-\x7e]/g, '?') } };
    }),
  );
  const schema = operation.requestBody?.content['application/json']?.schema;
  const ofBody = fieldsOf(schema).flatMap((field) =>
    VALUES.map((value): Case => ({ ...plain, body: JSON.stringify({ [field]: value }) })),
  );
  return [...ofParameters, ...ofBody];
}

/** Half a surrogate pair has no UTF-8; its bytes are sent all the same. */
function encodedOf(text: string): string {
  return text.replaceAll(/[^\w.~-]/gu, (character) =>
    /\p{Surrogate}/u.test(character) ? '%ED%A0%80' : encodeURIComponent(character),
  );
}

function fieldsOf(schema: Schema | undefined): readonly string[] {
  const named = schema?.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  return Object.keys(named?.properties ?? {});
}

describe('A nasty value', () => {
  let server: PostgresServer;
  const rigs: ServiceRig[] = [];

  beforeAll(async () => {
    server = await startPostgres();
    rigs.push(await ServiceRig.start(), await ServiceRig.start({ DATABASE_URL: server.url }));
  });
  afterAll(async () => {
    for (const rig of rigs) await rig.close();
    await server.stop();
  });

  const statusOf = async (rig: ServiceRig, { method, url, headers, body }: Case): Promise<number> => {
    // A stream or a long poll that is taken up is answered already.
    const end = new AbortController();
    const answer = await fetch(`${rig.service.url}${url}`, {
      method,
      headers: { ...headers, ...(body === null ? {} : { 'content-type': 'application/json' }) },
      body,
      signal: end.signal,
    });
    end.abort();
    return answer.status;
  };

  it(`is never the service's fault, in any field of any operation, and means the same on both databases: ${CASES.length} cases (G22)`, async () => {
    const wrong: unknown[] = [];
    for (const each of CASES) {
      const [sqlite, postgres] = [await statusOf(rigs[0]!, each), await statusOf(rigs[1]!, each)];
      if (sqlite >= 500 || sqlite !== postgres) wrong.push({ ...each, url: each.url.slice(0, 200), sqlite, postgres });
    }
    expect(wrong).toEqual([]);
    registerCases(6_250, CASES.length);
  });
});
