import path from 'node:path';
import type { SourceTree } from '../docs/source-tree.js';

/** The suites that run the tests of a file which is no suite itself: those that import it, directly or through others. */
export function suitesRunning(file: string, tree: SourceTree): readonly string[] {
  const suites = new Set<string>();
  const seen = new Set<string>();
  const follow = (target: string): void => {
    if (seen.has(target)) return;
    seen.add(target);
    const folder = path.posix.dirname(target);
    for (const importer of tree.files.filter((each) => path.posix.dirname(each) === folder && each.endsWith('.ts'))) {
      if (!importsValue(tree.read(importer), path.posix.basename(target, '.ts'))) continue;
      if (importer.endsWith('.spec.ts')) suites.add(importer);
      else follow(importer);
    }
  };
  follow(file);
  return [...suites].sort();
}

/** Types alone run nothing. */
function importsValue(text: string, name: string): boolean {
  return new RegExp(`import (?!type\\b)[^;]*'\\./${name.replaceAll('.', '\\.')}\\.js'`).test(text);
}
