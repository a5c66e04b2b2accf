import ts from 'typescript';
import { tableLength } from './table-length.js';
import type { SourceTree } from '../docs/source-tree.js';

/** A test whose title, or the title of a group around it, carries a tag. */
export interface TaggedTest {
  /** The suite, relative to the root. */
  readonly file: string;
  readonly line: number;
  /** `G4`, `invariant 2`. */
  readonly tags: readonly string[];
  /** Titles of its groups and its own, without the tags. */
  readonly titles: readonly string[];
  readonly skipped: boolean;
  /** How many tests it is: the rows of the tables around it, multiplied. Null: the code alone does not say. */
  readonly tests: number | null;
  /** The number it registers with `registerCases`. Null: none. `'unreadable'`: the argument is not a number. */
  readonly cases: number | 'unreadable' | null;
}

interface Scope {
  readonly titles: readonly string[];
  readonly tests: number | null;
  readonly skipped: boolean;
}

/** `(G4)`, `(invariant 2)`, `(G2, G8, invariants 2, 8)`. */
const TAG = /\s*\(((?:G\d+|invariants? \d+)(?:, (?:G\d+|(?:invariants? )?\d+))*)\)/g;

/** The tagged tests of all suites. Their text is read; nothing is run. */
export function taggedTests(tree: SourceTree): readonly TaggedTest[] {
  return tree.files
    .filter((file) => /^(?:src|test)\/.*(?:\.spec|-contract)\.ts$/.test(file) && !file.startsWith('test/proofs/'))
    .flatMap((file) => (tree.read(file).match(TAG) === null ? [] : testsOf(file, tree)))
    .filter(({ tags }) => tags.length > 0);
}

function testsOf(file: string, tree: SourceTree): readonly TaggedTest[] {
  const source = ts.createSourceFile(file, tree.read(file), ts.ScriptTarget.Latest, true);
  const found: TaggedTest[] = [];
  const visit = (node: ts.Node, scope: Scope): void => {
    const block = ts.isCallExpression(node) ? blockOf(node, source, tree) : null;
    if (block === null) {
      ts.forEachChild(node, (child) => {
        visit(child, scope);
      });
      return;
    }
    const inside: Scope = {
      titles: [...scope.titles, block.title],
      tests: scope.tests === null || block.rows === null ? null : scope.tests * block.rows,
      skipped: scope.skipped || block.skipped,
    };
    if (block.isGroup) visit(block.body, inside);
    else {
      found.push({
        file,
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        tags: [...new Set(inside.titles.flatMap(tagsOf))],
        titles: inside.titles.map((title) => title.replaceAll(TAG, '')),
        skipped: inside.skipped,
        tests: inside.tests,
        cases: registeredCases(block.body),
      });
    }
  };
  visit(source, { titles: [], tests: 1, skipped: false });
  return found;
}

function tagsOf(title: string): readonly string[] {
  return [...title.matchAll(TAG)].flatMap(([, list = '']) =>
    list.split(', ').map((word) => (word.startsWith('G') ? word : `invariant ${word.replace(/\D+/, '')}`)),
  );
}

/** `describe('title', body)`, `it.each(table)('title', body)`. */
function blockOf(call: ts.CallExpression, source: ts.SourceFile, tree: SourceTree) {
  const [title, body] = call.arguments;
  if (title === undefined || body === undefined) return null;
  let callee = call.expression;
  const table = ts.isCallExpression(callee) ? callee.arguments[0] : undefined;
  if (ts.isCallExpression(callee)) callee = callee.expression;
  const words = callee.getText().split('.');
  const [kind = ''] = words;
  if (!['describe', 'it', 'test'].includes(kind)) return null;
  return {
    isGroup: kind === 'describe',
    title: ts.isStringLiteralLike(title) ? title.text : title.getText().replaceAll('`', ''),
    body,
    rows: table === undefined ? 1 : tableLength(table, source, tree),
    skipped: words.includes('skip') || words.includes('todo') || words.includes('failing'),
  };
}

function registeredCases(body: ts.Node): TaggedTest['cases'] {
  let cases: TaggedTest['cases'] = null;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'registerCases') {
      const [count] = node.arguments;
      cases = count !== undefined && ts.isNumericLiteral(count) ? Number(count.text) : 'unreadable';
    }
    ts.forEachChild(node, visit);
  };
  visit(body);
  return cases;
}
