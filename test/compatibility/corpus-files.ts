import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ActorRecord, EventRecord, TaskRecord } from '../../src/durable/index.js';
import type { MachineDefinition } from '../../src/durable/inspect.js';

/** All that is stored of one actor at one moment, its history left out; the JSON in its rows is opened up for readers. */
export interface CorpusEntry {
  /** Where it stands, e.g. `AwaitingPayment.open+payment.waiting`; the file's name. */
  readonly name: string;
  readonly actor: Omit<ActorRecord, 'snapshot' | 'bookkeeping' | 'uniqueKey'> & {
    readonly snapshot: unknown;
    readonly bookkeeping: unknown;
    /** Stored name of `uniqueKey`. */
    readonly liveKey: string | null;
  };
  readonly tasks: readonly TaskRecord[];
  readonly kept: readonly EventRecord[];
}

/** Stored actors of one version of a machine, and what the machine was. */
export interface Corpus {
  readonly machineId: string;
  readonly version: string;
  readonly definitionHash: string;
  readonly definition: MachineDefinition;
  readonly entries: readonly CorpusEntry[];
}

/** The repository's root, from the sources and from where they are compiled to alike. */
function root(from = __dirname): string {
  return existsSync(join(from, 'package.json')) ? from : root(dirname(from));
}

const FOLDER = join(root(), 'test/compatibility/corpus');
const DEFINITION = 'definition.json';

/** One for each recorded version, in the order of their names. */
export function readCorpora(): Corpus[] {
  return readdirSync(FOLDER)
    .sort()
    .map((folder) => {
      const files = readdirSync(join(FOLDER, folder)).sort();
      const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, folder, file), 'utf8'));
      return {
        ...(read(DEFINITION) as Omit<Corpus, 'entries'>), // written below
        entries: files.filter((file) => file !== DEFINITION).map((file) => read(file) as CorpusEntry), // as above
      };
    });
}

/**
 * Takes the place of what was recorded of the same version.
 * @param format makes JSON text readable. @returns the folder.
 */
export async function writeCorpus(
  { entries, ...head }: Corpus,
  format: (text: string) => Promise<string>,
): Promise<string> {
  const folder = join(FOLDER, `${head.machineId}@${head.version}`);
  const write = async (file: string, value: unknown): Promise<void> => {
    writeFileSync(join(folder, file), await format(JSON.stringify(value, null, 2)));
  };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await write(DEFINITION, head);
  for (const entry of entries) await write(`${entry.name}.json`, entry);
  return folder;
}

/** As it was stored. */
export function recordOf({ actor: { liveKey, ...actor } }: CorpusEntry): ActorRecord {
  return {
    ...actor,
    uniqueKey: liveKey,
    snapshot: JSON.stringify(actor.snapshot),
    bookkeeping: JSON.stringify(actor.bookkeeping),
  };
}
