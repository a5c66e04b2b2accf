import path from 'node:path';
import { declaredNames } from './declared-names.js';
import { excerptsOf, isCurrent } from './excerpts.js';
import { anchorsOf, linksOf, proseOf } from './markdown.js';
import type { SourceTree } from './source-tree.js';

/** A sentence of a document that is not true of the tree. */
export interface DocumentFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

type Check = (tree: SourceTree, file: string) => Iterable<Omit<DocumentFault, 'file'>>;

/** Everything that the Markdown files say and the tree denies. */
export function faultsOf(tree: SourceTree): readonly DocumentFault[] {
  const documents = tree.files.filter((file) => file.endsWith('.md'));
  return [
    ...documents.flatMap((file) =>
      CHECKS.flatMap((check) => [...check(tree, file)].map((fault) => ({ file, ...fault }))),
    ),
    ...mentionsOfNoDocument(tree),
    ...mentionsOfNoFile(tree),
    ...unreachable(tree, documents),
    ...unknownMembers(tree, documents),
  ];
}

/** A link, with its anchor, leads to something that is there. */
function* brokenLinks(tree: SourceTree, file: string): ReturnType<Check> {
  for (const { number: line, text } of proseOf(tree.read(file))) {
    for (const link of linksOf(text)) {
      if (/^[a-z]+:/.test(link)) continue;
      const [target = '', anchor] = link.split('#');
      const name = target === '' ? file : resolved(file, target);
      if (!tree.has(name)) yield { line, message: `links to ${link}, which does not exist` };
      else if (anchor !== undefined && name.endsWith('.md') && !anchorsOf(tree.read(name)).has(anchor)) {
        yield { line, message: `links to ${link}, but ${name} has no such heading` };
      }
    }
  }
}

/** `[file.ts](path)`: the link leads to a file of that name. */
function* otherLabels(tree: SourceTree, file: string): ReturnType<Check> {
  for (const { number: line, text } of proseOf(tree.read(file))) {
    for (const [, label = '', target = ''] of text.matchAll(/\[([\w.-]+\.[mc]?[jt]s)\]\(([^()\s#]+)\)/g)) {
      if (path.posix.basename(target) !== label) yield { line, message: `calls ${target} ${label}` };
    }
  }
}

/** `[file.ts](path) \`name\`, \`Class.method\``: the file declares what is named after it. */
function* unknownNames(tree: SourceTree, file: string): ReturnType<Check> {
  for (const { number: line, text } of proseOf(tree.read(file))) {
    for (const [, target = '', words = ''] of text.matchAll(NAMED_CODE)) {
      const source = resolved(file, target);
      if (!tree.files.includes(source)) continue; // a broken link says so
      const declared = declaredNames(source, tree.read(source));
      for (const [, name = ''] of words.matchAll(/`([\w.]+)(?:\(\))?`/g)) {
        if (!declared.has(name)) yield { line, message: `names ${name}, which ${source} does not declare` };
      }
    }
  }
}

/** `[a.spec.ts](path) "title"`: the suite has a test of that title. */
function* unknownTitles(tree: SourceTree, file: string): ReturnType<Check> {
  for (const { number: line, text } of proseOf(tree.read(file))) {
    for (const [, target = '', words = ''] of text.matchAll(CITED_TEST)) {
      const source = resolved(file, target);
      if (!tree.files.includes(source)) continue;
      for (const [, title = ''] of words.matchAll(/"([^"]+)"/g)) {
        if (!tree.read(source).includes(title))
          yield { line, message: `cites "${title}", which ${source} does not have` };
      }
    }
  }
}

/** `src/…` in code is a file or a folder, and `npm run …` a script; in examples too. */
function* unknownPathsAndScripts(tree: SourceTree, file: string): ReturnType<Check> {
  const { scripts } = JSON.parse(tree.read('package.json')) as { scripts: Record<string, string> }; // ours
  for (const [index, text] of tree.read(file).split('\n').entries()) {
    for (const [, name = ''] of text.matchAll(/`((?:src|test|docs|ops)\/[\w./@-]*\w)\/?`/g)) {
      if (!tree.has(name)) yield { line: index + 1, message: `names ${name}, which does not exist` };
    }
    for (const [, script = ''] of text.matchAll(/npm run (?:--silent )?([\w:]+)/g)) {
      if (!(script in scripts)) yield { line: index + 1, message: `names npm run ${script}, which is no script` };
    }
  }
}

/** A block of code below a file's name is that file's text. */
function* staleExcerpts(tree: SourceTree, file: string): ReturnType<Check> {
  for (const excerpt of excerptsOf(tree.read(file))) {
    if (!isCurrent(excerpt, tree)) {
      yield { line: excerpt.line, message: `shows other text than ${excerpt.file} has; run: npm run docs` };
    }
  }
}

/** A comment, a message or a rule that sends its reader to a document that is not there. */
function* mentionsOfNoDocument(tree: SourceTree): Generator<DocumentFault> {
  for (const file of tree.files) {
    if (!/\.(?:ts|mjs|cjs|json|yml|example)$|^\.ci\//.test(file) || file.startsWith('test/docs/')) continue;
    if (file === 'package-lock.json') continue;
    for (const [index, text] of tree.read(file).split('\n').entries()) {
      for (const [name] of text.matchAll(/\bdocs\/[\w/-]+\.md\b/g)) {
        if (!tree.has(name)) yield { file, line: index + 1, message: `names ${name}, which does not exist` };
      }
    }
  }
}

/** A comment names files of ours that exist; they are in kebab-case, so that one of another project is none of ours. */
function* mentionsOfNoFile(tree: SourceTree): Generator<DocumentFault> {
  const names = new Set(tree.files.map((file) => path.posix.basename(file)));
  for (const file of tree.files) {
    if (!/^(?:src|test|tools)\/.*\.[mc]?[jt]s$/.test(file) || file.startsWith('test/docs/')) continue;
    for (const [index, text] of tree.read(file).split('\n').entries()) {
      const [, comment = ''] = /^\s*(?:\/?\*+|\/\/)(.*)$/.exec(text) ?? [];
      for (const [, name = ''] of comment.matchAll(/(?<![\w/.@-])((?:[\w-]+\/)*[a-z0-9.-]+\.[mc]?[jt]s)\b/g)) {
        if (!names.has(path.posix.basename(name)))
          yield { file, line: index + 1, message: `names ${name}, which does not exist` };
      }
    }
  }
}

/** `Class.method`, without a link before it: where the tree has that class, the class has that member. */
function* unknownMembers(tree: SourceTree, documents: readonly string[]): Generator<DocumentFault> {
  const sources = tree.files.filter((file) => /^src\/.*(?<!\.spec)\.ts$/.test(file));
  const declared = new Set(sources.flatMap((file) => [...declaredNames(file, tree.read(file))]));
  for (const file of documents) {
    for (const { number: line, text } of proseOf(tree.read(file))) {
      for (const [, owner = '', member = ''] of text
        .replace(NAMED_CODE, '')
        .matchAll(/`([A-Z]\w+)\.([a-z]\w*)(?:\(\))?`/g)) {
        if (declared.has(owner) && !declared.has(`${owner}.${member}`))
          yield { file, line, message: `names ${owner}.${member}, which no source declares` };
      }
    }
  }
}

/** Whoever starts at the README finds every document by following links. */
function* unreachable(tree: SourceTree, documents: readonly string[]): Generator<DocumentFault> {
  const reached = new Set<string>();
  const follow = (file: string): void => {
    if (reached.has(file) || !documents.includes(file)) return;
    reached.add(file);
    for (const { text } of proseOf(tree.read(file))) {
      for (const link of linksOf(text)) {
        const [target = ''] = link.split('#');
        if (target === '' || /^[a-z]+:/.test(link)) continue;
        const name = resolved(file, target);
        // A link to a folder shows what is in it.
        for (const each of documents) if (each === name || path.posix.dirname(each) === name) follow(each);
      }
    }
  };
  follow('README.md');
  for (const file of documents) {
    if (!reached.has(file)) yield { file, line: 1, message: 'is linked from no document that the README leads to' };
  }
}

const CHECKS: readonly Check[] = [
  brokenLinks,
  otherLabels,
  unknownNames,
  unknownTitles,
  unknownPathsAndScripts,
  staleExcerpts,
];
const NAMED_CODE = /\]\(([^()\s#]+\.[mc]?[jt]s)\)((?:(?:,| and| →)? `[\w.]+(?:\(\))?`)+)/g;
const CITED_TEST = /\]\(([^()\s#]+\.ts)\)((?:(?:,| and)? "[^"]+")+)/g;

function resolved(file: string, target: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(file), target)).replace(/\/$/, '');
}
