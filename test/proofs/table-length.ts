import path from 'node:path';
import ts from 'typescript';
import type { SourceTree } from '../docs/source-tree.js';

/**
 * How many rows the table of an `each` has, as far as the code says so without being run: array and object literals, constants
 * of this file or an imported one, spreads, `map`, `Object.keys` and the like. Null: only a run can tell.
 */
export function tableLength(table: ts.Expression, source: ts.SourceFile, tree: SourceTree): number | null {
  if (ts.isAsExpression(table) || ts.isSatisfiesExpression(table) || ts.isParenthesizedExpression(table)) {
    return tableLength(table.expression, source, tree);
  }
  if (ts.isArrayLiteralExpression(table)) {
    return sum(table.elements.map((row) => (ts.isSpreadElement(row) ? tableLength(row.expression, source, tree) : 1)));
  }
  if (ts.isObjectLiteralExpression(table)) {
    return sum(
      table.properties.map((row) => (ts.isSpreadAssignment(row) ? tableLength(row.expression, source, tree) : 1)),
    );
  }
  if (ts.isIdentifier(table)) return constantLength(table.text, source, tree);
  if (ts.isCallExpression(table) && ts.isPropertyAccessExpression(table.expression)) {
    const { expression: owner, name } = table.expression;
    const [argument] = table.arguments;
    if (owner.getText() === 'Object' && argument !== undefined && /^(?:keys|values|entries)$/.test(name.text)) {
      return tableLength(argument, source, tree);
    }
    if (/^(?:map|sort|toSorted|reverse)$/.test(name.text)) return tableLength(owner, source, tree);
  }
  return null;
}

function constantLength(name: string, source: ts.SourceFile, tree: SourceTree): number | null {
  let length: number | null = null;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer !== undefined) {
      length = tableLength(node.initializer, source, tree);
    } else if (ts.isEnumDeclaration(node) && node.name.text === name) length = node.members.length;
    else if (ts.isImportDeclaration(node)) length ??= importedLength(name, node, source, tree);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return length;
}

function importedLength(
  name: string,
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  source: ts.SourceFile,
  tree: SourceTree,
): number | null {
  const bindings = importClause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings) || !ts.isStringLiteral(moduleSpecifier)) return null;
  const imported = bindings.elements.find((element) => element.name.text === name);
  const file = path.posix.join(path.posix.dirname(source.fileName), moduleSpecifier.text.replace(/\.js$/, '.ts'));
  if (imported === undefined || !tree.files.includes(file)) return null;
  const other = ts.createSourceFile(file, tree.read(file), ts.ScriptTarget.Latest, true);
  return constantLength((imported.propertyName ?? imported.name).text, other, tree);
}

function sum(lengths: readonly (number | null)[]): number | null {
  return lengths.reduce((total, length) => (total === null || length === null ? null : total + length), 0);
}
