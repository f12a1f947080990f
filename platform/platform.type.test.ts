import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import ts from 'typescript';

const FILE = fileURLToPath(new URL('platform.type-test.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIRECTIVE = /\/\/ @ts-expect-error `(.+)`$/;

/** Compiles the file with its directives taken out, so that every refusal speaks. */
function refusals(): { readonly line: number; readonly message: string }[] {
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile).config, ts.sys, ROOT);
  const host = ts.createCompilerHost(config.options);
  const read = host.readFile.bind(host);
  host.readFile = (path) => (path === FILE ? read(path)?.replaceAll('@ts-expect-error', 'expected: ') : read(path));
  const source = host.getSourceFile.bind(host);
  host.getSourceFile = (path, languageVersion, ...more) =>
    path === FILE ? ts.createSourceFile(path, host.readFile(path) ?? '', languageVersion, true) : source(path, languageVersion, ...more);
  const program = ts.createProgram([FILE], config.options, host);
  return program.getSemanticDiagnostics(program.getSourceFile(FILE)).map((d) => ({
    line: d.file!.getLineAndCharacterOfPosition(d.start!).line + 1,
    message: ts.flattenDiagnosticMessageText(d.messageText, '\n'),
  }));
}

test('every invalid state is refused, and the message names the key', () => {
  const lines = ts.sys.readFile(FILE)!.split('\n');
  const expected = lines.flatMap((text, i) => {
    const word = DIRECTIVE.exec(text)?.[1];
    return word === undefined ? [] : [{ line: i + 2, word }];
  });
  const found = refusals();
  const wrong = expected.filter(({ line, word }) => !found.some((d) => d.line === line && d.message.includes(word)));
  expect(wrong.map((w) => ({ ...w, said: found.filter((d) => d.line === w.line).map((d) => d.message) }))).toEqual([]);
  expect(found.filter((d) => !expected.some((e) => e.line === d.line))).toEqual([]);
  expect(expected.length).toBeGreaterThanOrEqual(16);
}, 60_000);
