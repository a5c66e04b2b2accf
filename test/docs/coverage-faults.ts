import path from 'node:path';
import type { DocumentFault } from './document-faults.js';
import { linksOf, proseOf } from './markdown.js';
import type { SourceTree } from './source-tree.js';

const MAP = 'docs/MAP.md';
const ARCHITECTURE = 'docs/ARCHITECTURE.md';
const API = 'docs/API.md';

/** What is in the tree and missing in the document that says it shows everything of its kind. */
export function coverageFaults(tree: SourceTree): readonly DocumentFault[] {
  return [...unmappedRooms(tree), ...unnamedTables(tree), ...callsWithoutExample(tree)];
}

/** A folder of src, or of src/durable, is a room of the map. */
function* unmappedRooms(tree: SourceTree): Generator<DocumentFault> {
  const links = proseOf(tree.read(MAP)).flatMap(({ text }) => linksOf(text));
  const shown = new Set(
    links.map((link) => path.posix.normalize(path.posix.join('docs', link)).replace(/\/README\.md$/, '')),
  );
  const rooms = tree.files.flatMap((file) => /^(?:src\/durable\/[^/]+|src\/[^/]+)(?=\/)/.exec(file)?.[0] ?? []);
  for (const room of new Set([...rooms, ...rooms.map((name) => name.split('/').slice(0, 2).join('/'))])) {
    if (!shown.has(room)) yield { file: MAP, line: 1, message: `does not show the folder ${room}` };
  }
}

/** A table of the database is in the list of what is stored, and the list has no other. */
function* unnamedTables(tree: SourceTree): Generator<DocumentFault> {
  const tables = new Set(
    tree.files
      .filter((file) => file.startsWith('src/store/') && file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .flatMap((file) => [...tree.read(file).matchAll(/CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)/g)])
      .map(([, table = '']) => table),
  );
  const [, stored = ''] = tree.read(ARCHITECTURE).split('\n## What is stored\n');
  const rows = (stored.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  const named = new Set(
    rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)]).map(([, name]) => name),
  );
  for (const table of tables) {
    if (!named.has(table)) yield { file: ARCHITECTURE, line: 1, message: `does not name the table ${table}` };
  }
  for (const name of named) {
    if (name !== undefined && !tables.has(name)) {
      yield { file: ARCHITECTURE, line: 1, message: `names the table ${name}, which no migration creates` };
    }
  }
}

/** A call of the API has an example, and no example is of a call that is gone. */
function* callsWithoutExample(tree: SourceTree): Generator<DocumentFault> {
  const { paths } = JSON.parse(tree.read('docs/openapi.json')) as ApiDocument; // held by openapi:check
  const calls = Object.values(paths).flatMap((item) =>
    Object.values(item).map(({ operationId }) => operationId.toLowerCase()),
  );
  const examples = [...tree.read(API).matchAll(/^<a id="([^"]+)"/gm)].map(([, id = '']) => id);
  for (const call of calls) {
    if (!examples.includes(call))
      yield { file: API, line: 1, message: `has no example of ${call}; run: npm run api:guide` };
  }
  for (const example of examples) {
    if (!calls.includes(example))
      yield { file: API, line: 1, message: `shows ${example}, which is no call; run: npm run api:guide` };
  }
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}
