import type { Cause, Wanted } from './cause.ts';
import { limits, type Tree } from './tree.ts';

const LINE = /^[\w.-]+(?:\/[\w.-]+)*:[1-9]\d{0,6}$/;
type Typescript = typeof import('typescript');

/**
 * The line of the model behind each cause. A property is looked for in the text of its file, by the compiler's parser:
 * nothing of a foreign revision is ever run. What is not found falls back to the nearest line that is known.
 */
export async function linesOf(causes: readonly Cause[], trees: { readonly before: Tree; readonly after: Tree }): Promise<ReadonlyMap<Cause, string>> {
  const wanted = causes.flatMap(({ line }) => (typeof line === 'object' ? [line] : []));
  const texts = { before: await textsOf(wanted, trees, 'before'), after: await textsOf(wanted, trees, 'after') };
  const parser = texts.before.size + texts.after.size > 0 ? await import('typescript') : undefined;
  const found = new Map<Cause, string>();
  for (const cause of causes) {
    const line = typeof cause.line === 'object' ? propertyLine(parser?.default ?? parser, cause.line, texts[cause.line.side].get(cause.line.file)) ?? cause.line.otherwise : cause.line;
    if (line !== undefined && LINE.test(line)) found.set(cause, line);
  }
  return found;
}

async function textsOf(wanted: readonly Wanted[], trees: { readonly before: Tree; readonly after: Tree }, side: 'before' | 'after'): Promise<Map<string, string>> {
  const paths = [...new Set(wanted.filter((one) => one.side === side).map(({ file }) => file))].filter((file) => trees[side].marks.has(file));
  const files = await trees[side].read(paths);
  return new Map([...files].flatMap(([path, file]): [string, string][] => ('text' in file && file.text.length <= limits.fileBytes / 4 ? [[path, file.text]] : [])));
}

function propertyLine(ts: Typescript | undefined, { file, property }: Wanted, text: string | undefined): string | undefined {
  if (ts === undefined || text === undefined) return undefined;
  try {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith('.json') ? ts.ScriptKind.JSON : ts.ScriptKind.TS);
    const found = objectsIn(ts, source).map((object) => below(ts, object, property)).toSorted((a, b) => b.depth - a.depth)[0];
    if (!found || found.depth === 0) return undefined;
    return `${file}:${source.getLineAndCharacterOfPosition(found.node.getStart(source)).line + 1}`;
  } catch (error) {
    // A file that is nested deeper than the parser's stack is no model of ours: its line is not known.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

interface Found { readonly node: import('typescript').Node; readonly depth: number }

/** Every object literal that stands in no other. */
function objectsIn(ts: Typescript, node: import('typescript').Node): import('typescript').ObjectLiteralExpression[] {
  if (ts.isObjectLiteralExpression(node)) return [node];
  const found: import('typescript').ObjectLiteralExpression[] = [];
  ts.forEachChild(node, (child) => void found.push(...objectsIn(ts, child)));
  return found;
}

/** Follows the keys as far as they go; into the arguments of a call, too: `identity: aws('database', { size: … })`. */
function below(ts: Typescript, object: import('typescript').ObjectLiteralExpression, [key, ...rest]: readonly string[], depth = 0): Found {
  const here = { node: object, depth };
  if (key === undefined) return here;
  const property = object.properties.find((one) => one.name !== undefined && (ts.isIdentifier(one.name) || ts.isStringLiteral(one.name)) && [key, camel(key)].includes(one.name.text));
  if (!property) return here;
  const inside = ts.isPropertyAssignment(property) ? objectsIn(ts, property.initializer) : [];
  const deeper = inside.map((one) => below(ts, one, rest, depth + 1)).filter((one) => one.depth > depth + 1).toSorted((a, b) => b.depth - a.depth)[0];
  return deeper ?? { node: property, depth: depth + 1 };
}

/** Backings are listed by key, and named with dashes: `settingsCache`, `settings-cache`. */
const camel = (name: string): string => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
