import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { coverageFaults } from './coverage-faults.js';
import { faultsOf } from './document-faults.js';
import { withFreshExcerpts } from './excerpts.js';
import { driftOf, GENERATED_DOCUMENTS } from './generated-documents.js';
import { treeOnDisk } from './source-tree.js';
import { proofFaults } from '../proofs/proof-faults.js';

/**
 * `write`: writes every generated document. `check`: exit code 1 when a generated document differs from what would be
 * written, or when a document names what does not exist.
 */
async function main(command: string | undefined): Promise<void> {
  const root = process.cwd();
  if (command !== 'write' && command !== 'check') {
    process.stderr.write('Say write or check.\n');
    process.exitCode = 2;
    return;
  }
  const wanted = new Map<string, string>();
  const tree = treeOnDisk(root);
  for (const { file, text } of GENERATED_DOCUMENTS)
    wanted.set(file, await formatted(path.join(root, file), text(tree)));
  if (command === 'write') {
    for (const [file, text] of wanted) writeFileSync(path.join(root, file), text);
    for (const file of tree.files.filter((each) => each.endsWith('.md'))) {
      writeFileSync(path.join(root, file), withFreshExcerpts(tree.read(file), tree));
    }
    return;
  }
  const problems = [
    ...driftOf(wanted, (file) => readText(path.join(root, file))),
    ...[...faultsOf(tree), ...coverageFaults(tree), ...proofFaults(tree)].map(
      ({ file, line, message }) => `${file}:${line} ${message}`,
    ),
  ];
  process.stdout.write(
    [...problems, `documents: ${problems.length} ${problems.length === 1 ? 'fault' : 'faults'}`, ''].join('\n'),
  );
  if (problems.length > 0) process.exitCode = 1;
}

async function formatted(file: string, text: string): Promise<string> {
  return file.endsWith('.md') ? format(text, { ...(await resolveConfig(file)), filepath: file }) : text;
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

void main(process.argv[2]);
