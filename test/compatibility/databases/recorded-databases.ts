import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { StoreConfig } from '../../../src/store/store-config.js';
import { insertInto } from './insert-statement.js';
import type { StoredAnswers, Reading } from './stored-answers.js';
import type { StoredRow, TestDatabase } from './test-database.js';

/** What the service stored at one version of its schema, on either kind of database, and what its ports said of it. */
export interface RecordedDatabase {
  /** The time in the name of the last migration. */
  readonly version: string;
  /** Statements that make the schema. */
  readonly schemas: Readonly<Record<StoreConfig['type'], string>>;
  /** Statements that insert the rows: the same for both. */
  readonly rows: string;
  readonly reading: Reading;
  readonly answers: StoredAnswers;
}

/** The repository's root, from the sources and from where they are compiled to alike. */
function root(from = __dirname): string {
  return existsSync(join(from, 'package.json')) ? from : root(dirname(from));
}

const FOLDER = join(root(), 'test/compatibility/databases');
const FILES = {
  sqlite: 'schema.sqlite.sql',
  postgres: 'schema.postgres.sql',
  rows: 'rows.sql',
  answers: 'answers.json.gz',
};

/** One for each recorded version, the oldest first. */
export function readDatabases(): RecordedDatabase[] {
  const versions = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return versions
    .map(({ name }) => name)
    .sort()
    .map((version) => {
      const bytes = (file: string): Buffer => readFileSync(join(FOLDER, version, file));
      const read = (file: string): string => bytes(file).toString();
      const said = gunzipSync(bytes(FILES.answers)).toString();
      return {
        version,
        schemas: { sqlite: read(FILES.sqlite), postgres: read(FILES.postgres) },
        rows: read(FILES.rows),
        ...(JSON.parse(said) as Pick<RecordedDatabase, 'reading' | 'answers'>), // written below
      };
    });
}

/** Takes the place of what was recorded of the same version. @returns the folder. */
export function writeDatabase({ version, schemas, rows, reading, answers }: RecordedDatabase): string {
  const folder = join(FOLDER, version);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FILES.sqlite), schemas.sqlite);
  writeFileSync(join(folder, FILES.postgres), schemas.postgres);
  writeFileSync(join(folder, FILES.rows), rows);
  writeFileSync(join(folder, FILES.answers), gzipSync(JSON.stringify({ reading, answers }, null, 2), { level: 9 }));
  return folder;
}

/** Makes an empty database what the recorded one was. */
export async function restore({ schemas, rows }: RecordedDatabase, database: TestDatabase): Promise<void> {
  await database.execute(`BEGIN;\n${schemas[database.config.type]}${rows}COMMIT;`);
}

/** Statements that insert all rows, table after table. */
export function insertAll(rows: ReadonlyMap<string, readonly StoredRow[]>): string {
  return [...rows].map(([table, list]) => insertInto(table, list)).join('');
}
