import ts from 'typescript';
import { ModelError } from '../../../model/index.ts';
import { membersOf, nodesOf, parsed } from './source.ts';

export const KNOBS_PATH = 'platform/knobs.ts';

/** What a knob may be: anything of a type, or one of a few values. */
export type KnobType = { readonly any: 'number' | 'string' } | { readonly oneOf: readonly (string | number)[] };

/** The type of a knob as `platform/knobs.ts` writes it: `knob<number>(…)`, `knob<'a' | 'b'>(…)`. @throws {ModelError} for every other form; undefined when there is no such knob */
export function knobTypeIn(text: string, knob: string): KnobType | undefined {
  const calls = knobCalls(text);
  const node = calls.get(knob);
  if (!node) return undefined;
  const wrong = new ModelError(KNOBS_PATH, `the type of the knob "${knob}" is not one that can be edited`, 'Write `knob<number>`, `knob<string>` or a union of literals.');
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'knob') throw wrong;
  const [type, second] = node.typeArguments ?? [];
  if (!type || second) throw wrong;
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { any: 'number' };
  if (type.kind === ts.SyntaxKind.StringKeyword) return { any: 'string' };
  const values = (ts.isUnionTypeNode(type) ? type.types : [type]).map(literalIn);
  const known = values.filter((value) => value !== undefined);
  if (known.length !== values.length) throw wrong;
  return { oneOf: known };
}

function knobCalls(text: string): ReadonlyMap<string, ts.Expression> {
  const declared = nodesOf(parsed(KNOBS_PATH, text), ts.isVariableDeclaration).filter(({ name }) => ts.isIdentifier(name) && name.text === 'knobs');
  return membersOf(KNOBS_PATH, '`knobs`', declared.length === 1 ? declared[0]?.initializer : undefined);
}

function literalIn(type: ts.TypeNode): string | number | undefined {
  if (!ts.isLiteralTypeNode(type)) return undefined;
  if (ts.isStringLiteral(type.literal)) return type.literal.text;
  return ts.isNumericLiteral(type.literal) ? Number(type.literal.text) : undefined;
}
