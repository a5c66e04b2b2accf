import ts from 'typescript';

/**
 * The names that a file declares, and what each holds: `ActorHost`, `ActorHost.start`. A member counts at any depth below
 * its owner, so that the states of a chart and the fields of an options object can be named.
 */
export function declaredNames(file: string, text: string): ReadonlySet<string> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const visit = (node: ts.Node, owners: readonly string[]): void => {
    const name = nameOf(node);
    if (name !== null) {
      names.add(name);
      for (const owner of owners) names.add(`${owner}.${name}`);
    }
    const inside = name === null ? owners : [...owners, name];
    ts.forEachChild(node, (child) => {
      visit(child, inside);
    });
  };
  visit(source, []);
  return names;
}

function nameOf(node: ts.Node): string | null {
  const isDeclaration =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isEnumMember(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isParameter(node) ||
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isObjectLiteralElement(node) ||
    ts.isExportSpecifier(node);
  if (!isDeclaration || node.name === undefined) return null;
  return ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : null;
}
