import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { literalOf } from './literal.ts';
import { nasty, texts } from '../test/nasty.ts';

/** What TypeScript reads where the literal stands. */
function read(literal: string): unknown {
  const source = ts.createSourceFile('a.ts', `const a = ${literal};\n`, ts.ScriptTarget.Latest, true);
  const [statement, ...more] = source.statements;
  if (more.length > 0 || !statement || !ts.isVariableStatement(statement)) throw new Error(`it is more than one statement: ${literal}`);
  const value = statement.declarationList.declarations[0]?.initializer;
  if (value && ts.isStringLiteral(value)) return value.text;
  if (value && ts.isNumericLiteral(value)) return Number(value.text);
  if (value && ts.isPrefixUnaryExpression(value) && ts.isNumericLiteral(value.operand)) return -Number(value.operand.text);
  throw new Error(`it is no literal: ${literal}`);
}

test.each(nasty.map((text) => [JSON.stringify(text), text]))('%s comes back as it was, from one line of plain characters', (_, text) => {
  const literal = literalOf(text);
  expect(read(literal)).toBe(text);
  expect(literal).toMatch(/^'[^\p{C}\p{Zl}\p{Zp}]*'$/u);
});

test('so does every text that chance makes', () => {
  for (const text of texts(7, 2000)) expect(read(literalOf(text))).toBe(text);
});

test.each([0, 1, -1, 0.1, -0.5, 200, 1e21, 1e-7, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, Number.MIN_VALUE])('the number %s comes back as it was', (value) => {
  expect(read(literalOf(value))).toBe(value);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0])('%s has no literal', (value) => {
  expect(() => literalOf(value)).toThrow(RangeError);
});
