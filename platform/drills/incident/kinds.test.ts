import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { randomOf } from '../drill.ts';
import { decoyIn, decoys } from './decoys.ts';
import { edited, holds, lineOf } from './edits.ts';
import type { Edit } from './incident.ts';
import { incidentOf, kinds } from './kinds.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const onDisk = (path: string): string => readFileSync(ROOT + path, 'utf8');
/** Every file of the edits, before and after. */
function files(edits: readonly Edit[]): ReadonlyMap<string, readonly [string, string]> {
  const texts = new Map<string, readonly [string, string]>();
  for (const edit of edits) {
    const [before, now] = texts.get(edit.path) ?? [onDisk(edit.path), onDisk(edit.path)];
    texts.set(edit.path, [before, edited(now, edit)]);
  }
  return texts;
}
/** All that the details of a kind may be. */
const variants = kinds.flatMap((kind) => {
  const made = Array.from({ length: 40 }, (_, seed) => kind.make(randomOf(seed)));
  return [...new Map(made.map((one) => [one.title, one])).values()].map((one) => [kind.name, one] as const);
});

test('there are at least eight kinds, each with a name of its own, and every seed has one', () => {
  const names = kinds.map(({ name }) => name);
  expect(new Set(names).size).toBeGreaterThanOrEqual(8);
  const drawn = new Set(Array.from({ length: 200 }, (_, seed) => incidentOf(seed).kind));
  expect([...drawn].toSorted()).toEqual(names.toSorted());
  expect(incidentOf(7)).toEqual({ ...incidentOf(7), probe: expect.any(Function) });
  expect(JSON.stringify(incidentOf(7))).toBe(JSON.stringify(incidentOf(7)));
});

test.each(variants)('%s fits the tree as it is, and can be told from it', (_name, { edits, workload, released }) => {
  for (const edit of edits) expect(holds(onDisk(edit.path), edit)).toBe(false);
  for (const [path, [before, after]] of files(edits)) {
    expect(after).not.toBe(before);
    expect(() => stripTypeScriptTypes(after)).not.toThrow();
    if (released) expect(path).toMatch(new RegExp(`^services/${workload}/(?!contract\\.ts$)`));
    else expect(path).toBe('environments/local.ts');
    for (const edit of edits) if (edit.path === path) expect([holds(after, edit), lineOf(after, edit)]).toEqual([true, expect.any(Number)]);
  }
});

test.each(variants)('%s says nothing of itself in its commit or its symptom', (name, { title, why, symptom, workload, hop }) => {
  const said = `${title} ${why} ${symptom}`.toLowerCase();
  for (const word of ['drill', 'incident', 'bug', 'fault', 'wrong', 'leak', 'crash', name]) expect(said).not.toContain(word);
  expect(symptom).not.toMatch(/configuration|gateway|cache|database|queue/i);
  expect(hop).toContain(workload);
});

test.each(decoys)('$title: words alone, and back again', (words) => {
  const before = onDisk(words.edit.path);
  const forth = decoyIn(before, words);
  const after = forth ? edited(before, forth.edit) : '';
  const code = (text: string) => stripTypeScriptTypes(text).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replace(/\s+/g, ' ');
  expect(after).not.toBe(before);
  expect(code(after)).toBe(code(before));
  const back = decoyIn(after, words);
  expect(back && edited(after, back.edit)).toBe(before);
  expect(decoyIn('something else', words)).toBeUndefined();
});

test('an edit that does not fit is refused; a number is not the beginning of a longer one', () => {
  expect(() => edited('a a', { path: 'x', from: 'a', to: 'b' })).toThrow('a stands 2 times in x');
  expect(() => edited('a', { path: 'x', from: /b\d/, to: 'b' })).toThrow('stands 0 times');
  expect([holds('rateLimit: 120 }', { to: 'rateLimit: 12' }), holds('rateLimit: 120, rateLimit: 12 }', { to: 'rateLimit: 12' })]).toEqual([false, true]);
  expect(lineOf('a\nb', { to: 'c' })).toBeUndefined();
});
