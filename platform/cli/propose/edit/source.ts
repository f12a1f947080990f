import ts from 'typescript';
import { ModelError } from '../../../model/index.ts';

/** A file of the model, parsed and not run. @throws {ModelError} when it does not parse */
export function parsed(file: string, text: string): ts.SourceFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const diagnostics: unknown = Reflect.get(source, 'parseDiagnostics');
  if (Array.isArray(diagnostics) && diagnostics.length === 0) return source;
  throw new ModelError(file, 'it is not TypeScript that can be parsed', 'Run `npx tsc -p .` and correct what it names.');
}

/** All nodes of a kind, in the order of the text. */
export function nodesOf<N extends ts.Node>(source: ts.SourceFile, is: (node: ts.Node) => node is N): readonly N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * The values of an object literal by key. Nothing but `key: value` may stand in it: a spread, a getter or a computed key
 * could say something else than the text that we read.
 * @throws {ModelError}
 */
export function membersOf(file: string, what: string, node: ts.Expression | undefined): ReadonlyMap<string, ts.Expression> {
  const wrong = (why: string) => new ModelError(file, `${what} ${why}`, 'Write it out as an object of `key: value` entries, each key once.');
  if (!node || !ts.isObjectLiteralExpression(node)) throw wrong('is not written out as an object');
  const members = new Map<string, ts.Expression>();
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || !(ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))) throw wrong('holds more than plain entries');
    const key = property.name.text;
    if (members.has(key)) throw wrong(`has the key "${key}" twice`);
    members.set(key, property.initializer);
  }
  return members;
}

/** The value that a literal stands for; undefined for every other expression. */
export function valueOf(node: ts.Expression): string | number | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand)) return -Number(node.operand.text);
  return undefined;
}

export const rangeOf = (node: ts.Node): { readonly start: number; readonly end: number } => ({ start: node.getStart(), end: node.end });
