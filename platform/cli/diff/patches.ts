import { structuredPatch } from 'diff';
import { isMap, isPair, isScalar, parseAllDocuments, visit, type Document, type Node, type Pair } from 'yaml';
import { parseYaml } from '../../../policies/yaml.ts';
import type { Patch } from './fact.ts';
import { HIDDEN, shownText, shownValue } from './mask.ts';
import type { TreeFile } from './tree.ts';

/** Lines that are added or removed, at most: of more, nobody reads each. A number, not a time: the text must not depend on the machine. */
const MOST_EDITS = 4_000;
const MOST_LINES = 2_000;

/** Unified diffs of YAML and of the laptop's plan; secrets are hidden on both sides before they are compared. */
export function patchesOf(fullPath: (file: string) => string, before: ReadonlyMap<string, TreeFile>, after: ReadonlyMap<string, TreeFile>): Patch[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => /\.ya?ml$/.test(path) || path.endsWith('plan.json')).toSorted();
  return paths.map((path) => ({ path: shownText(fullPath(path)), patch: patchOf(before.get(path), after.get(path)) }));
}

function patchOf(before: TreeFile | undefined, after: TreeFile | undefined): string {
  const [old, now] = [before, after].map((file) => (file === undefined ? '' : openText(file)));
  if (old === undefined || now === undefined) return 'Not shown: one side cannot be read as YAML, so nobody can say what in it is secret.\n';
  const patch = structuredPatch('before', 'after', old, now, undefined, undefined, { context: 3, maxEditLength: MOST_EDITS });
  if (!patch) return `Not shown: more than ${MOST_EDITS} lines differ.\n`;
  if (patch.hunks.length === 0) return 'Only hidden values differ.\n';
  const lines = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines]);
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), `… ${lines.length - MOST_LINES} more lines`] : lines;
  return `${shown.join('\n')}\n`;
}

/** The text with `[hidden]` in place of every secret; undefined where it cannot be judged. */
function openText(file: TreeFile): string | undefined {
  if ('problem' in file || parseYaml(file.text).problems.length > 0) return undefined;
  const { text } = file;
  const ranges = parseAllDocuments(text, { logLevel: 'silent' }).flatMap((document) => hiddenIn(document)).toSorted((a, b) => b.start - a.start);
  const open = ranges.reduce((shown, { start, end, value }) => `${shown.slice(0, start)}${value}${shown.slice(end)}`, text);
  // Comments belong to no key.
  return open.split('\n').map((line) => (/^\s*#/.test(line) || line.includes(' #') ? shownText(line) : line)).join('\n');
}

interface Range { readonly start: number; readonly end: number; readonly value: string }

function hiddenIn(document: Document | Document.Parsed): Range[] {
  const kind = isMap(document.contents) ? String(document.get('kind') ?? '') : '';
  const found: Range[] = [];
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || !node.range) return;
      const keys = keysOf([...path, node]);
      const text = String(node.value);
      const shown = shownValue(kind, keys, text);
      if (shown !== text) found.push({ start: node.range[0], end: node.range[1], value: endsInBreak(node) ? `${JSON.stringify(shown)}\n` : JSON.stringify(shown) });
    },
    Pair(_key, pair) {
      if (isScalar(pair.key) && pair.key.range && shownText(String(pair.key.value)) !== String(pair.key.value)) found.push({ start: pair.key.range[0], end: pair.key.range[1], value: HIDDEN });
    },
  });
  return found;
}

/** Keys from the root, an entry of a list by its name. */
function keysOf(path: readonly (Document | Node | Pair | unknown)[]): string[] {
  return path.flatMap((one, index): string[] => {
    if (isPair(one)) return [String(isScalar(one.key) ? one.key.value : '')];
    const inList = index > 0 && isMap(one) && !isPair(path[index - 1]);
    return inList && isMap(one) && one.has('name') ? [`[${String(one.get('name'))}]`] : [];
  });
}

/** A block scalar's range ends behind its last line break. */
const endsInBreak = (node: { readonly type?: string | undefined }): boolean => node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
