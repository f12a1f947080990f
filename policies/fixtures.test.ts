import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { evaluate } from './evaluate.ts';
import { read } from './read.ts';
import type { Rendered } from './rendered.ts';
import type { Rule } from './rule.ts';
import { rules as all } from './rules.ts';
import { fixtures } from './test/fixtures.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const FOLDER = 'policies/fixtures';
const known = { workloads: ['gateway', 'auth'] };
const foldersIn = (path: string) => readdirSync(join(ROOT, path)).filter((name) => statSync(join(ROOT, path, name)).isDirectory());
const cases = foldersIn(FOLDER).filter((rule) => rule !== 'good').flatMap((rule) => foldersIn(`${FOLDER}/${rule}`).map((name) => ({ rule, name, path: `${FOLDER}/${rule}/${name}` })));

/** A rule judges the same thing the same way each time: asked once per environment, so that leaving each out in turn stays cheap. */
const remembering = (rule: Rule): Rule => {
  const known = new WeakMap<Rendered, ReturnType<Rule['evaluate']>>();
  const asked = (rendered: Rendered) => {
    const answer = known.get(rendered) ?? rule.evaluate(rendered);
    known.set(rendered, answer);
    return answer;
  };
  return { ...rule, evaluate: asked };
};
const rules = all.map(remembering);
const readings = new Map<string, readonly Rendered[]>();
const judge = (path: string, chosen = rules) => evaluate(readings.get(path) ?? [], chosen).findings.map((f) => f.rule);

beforeAll(async () => {
  for (const path of [`${FOLDER}/good`, ...cases.map((c) => c.path)]) readings.set(path, (await read(ROOT, [path], known)).rendered);
}, 60_000);

test('the good environment breaks no rule, and shows every rule something', () => {
  const report = evaluate(readings.get(`${FOLDER}/good`) ?? [], rules);
  expect(report.findings).toEqual([]);
  expect(Object.entries(report.evaluated).filter(([, count]) => count === 0).map(([rule]) => rule)).toEqual(['secret-object']); // a good environment has no Secret
});

test.each(cases)('$rule: $name is found, and nothing else', ({ rule, path }) => {
  expect(judge(path)).toEqual([rule]);
});

test('every rule has a fixture', () => {
  expect(rules.map((r) => r.id).filter((id) => cases.every((c) => c.rule !== id))).toEqual([]);
});

test.each(rules.map((r) => ({ id: r.id })))('without the rule $id exactly its fixtures pass', ({ id }) => {
  const rest = rules.filter((r) => r.id !== id);
  // fixtures of a rule that is not listed at all fail in their own test, and only there
  const listed = cases.filter((c) => rules.some((r) => r.id === c.rule));
  const clean = listed.filter((c) => judge(c.path, rest).length === 0).map((c) => c.rule);
  expect(clean).toEqual(cases.filter((c) => c.rule === id).map(() => id));
});

test('the fixtures on disk are what the table writes: run node policies/test/write-fixtures.ts', () => {
  const onDisk = readdirSync(join(ROOT, FOLDER), { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(ROOT, FOLDER, path)).isFile());
  const expected = fixtures();
  expect(onDisk.toSorted()).toEqual([...expected.keys()].toSorted());
  for (const [path, text] of expected) expect(readFileSync(join(ROOT, FOLDER, path), 'utf8')).toBe(text);
});

test('every rule says why, how to mend it and whom it serves, once', () => {
  for (const { why, fix, serves } of rules) {
    expect(why.length).toBeGreaterThan(30);
    expect(fix.length).toBeGreaterThan(15);
    expect(serves.length).toBeGreaterThan(0);
  }
  expect(new Set(rules.map((r) => r.id)).size).toBe(rules.length);
});
