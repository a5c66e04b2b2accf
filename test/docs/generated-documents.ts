import { configurationDocument } from './configuration-document.js';
import { envExample } from './env-example.js';
import { proofsDocument } from '../proofs/proofs-document.js';
import { orderMachineDocument } from './order-machine-document.js';
import type { SourceTree } from './source-tree.js';

/** A file that is written from the code, and never by hand. */
export interface GeneratedDocument {
  /** Relative to the root. */
  readonly file: string;
  readonly text: (tree: SourceTree) => string;
}

/** docs/API.md and docs/openapi.json need a running service: `test/openapi` writes them. */
export const GENERATED_DOCUMENTS: readonly GeneratedDocument[] = [
  { file: '.env.example', text: envExample },
  { file: 'docs/CONFIGURATION.md', text: configurationDocument },
  { file: 'docs/ORDER_MACHINE.md', text: orderMachineDocument },
  { file: 'docs/PROOFS.md', text: proofsDocument },
];

/** A generated document that is not what the code would write now. */
export function driftOf(wanted: ReadonlyMap<string, string>, read: (file: string) => string | null): readonly string[] {
  return [...wanted].flatMap(([file, text]) =>
    read(file) === text ? [] : [`${file} differs from the code; run: npm run docs`],
  );
}
