import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { CliError, exit, type Io } from '../command.ts';
import type { Model } from '../model.ts';
import { command, commandWith } from './check.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
const FIXTURES = join(ROOT, 'policies/fixtures');
const plain = (text: string) => text;

interface Ran { readonly code: number; readonly out: readonly string[]; readonly values: readonly Record<string, unknown>[]; readonly err: readonly string[]; readonly error?: CliError }

async function check(args: readonly string[], { json = false, annotations = false, root = ROOT, by = command } = {}): Promise<Ran> {
  const out: string[] = [];
  const values: Record<string, unknown>[] = [];
  const err: string[] = [];
  const io: Io = {
    root, json, verbose: false, signal: new AbortController().signal,
    print: (line) => { out.push(line); }, emit: (value) => { values.push(value as Record<string, unknown>); }, tell: (line) => { err.push(line); },
    progress: () => ({ update() {}, done() {}, fail() {} }),
    style: { bold: plain, dim: plain, good: plain, bad: plain, warn: plain },
  };
  try {
    return { code: await by.run(io, args, { annotations }), out, values, err };
  } catch (error) {
    if (error instanceof CliError) return { code: error.code, out, values, err, error };
    throw error;
  }
}

/** A model of nothing, for folders that are no checkout. */
const empty: Model = { platform: { workloads: {}, backing: {}, knobs: {}, standard: {} } as unknown as Model['platform'], environments: new Map() };
const modelled = commandWith(async () => empty);

let folder = '';
// Loads what the command imports late; on a busy machine that takes longer than one test may.
beforeAll(async () => { await check([join(FIXTURES, 'good')]); }, 60_000);
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'check-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

test('what holds is counted, per kind of thing and per rule', async () => {
  const ran = await check([join(FIXTURES, 'good')]);
  expect(ran.code).toBe(exit.ok);
  const text = ran.out.join('\n');
  expect(text).toMatch(/Evaluated 39 Kubernetes objects, 15 Terraform resources in 1 stacks, 2 release files/);
  expect(text).toMatch(/privileged 6 · /);
  expect(text).toMatch(/saw nothing to judge: secret-object/);
  expect(text).toMatch(/Everything holds; 0 notices\./);
});

test('a finding comes with file, path, rule, fix, clause and the line of the model', async () => {
  const ran = await check([join(FIXTURES, 'edge-declared/other-port')]);
  expect(ran.code).toBe(exit.model);
  expect(ran.out.slice(0, 5)).toEqual([
    'policies/fixtures/edge-declared/other-port/object.yaml  NetworkPolicy/gateway-to-auth',
    '  edge-declared  spec.egress[0].ports[0]: opens the port 9090, and its edge says 8080',
    '    declared  platform/workloads/gateway.ts:9',
    expect.stringMatching(/^ {4}why {7}./),
    expect.stringMatching(/^ {4}fix {7}Bind the connection/),
  ]);
  expect(ran.error).toMatchObject({ message: '1 thing does not hold.', why: expect.stringMatching(/^edge-declared/) });
});

test('all findings of all paths are listed, not the first', async () => {
  const ran = await check([join(FIXTURES, 'privileged'), join(FIXTURES, 'labels')], { json: true });
  expect(ran.values.filter((v) => v['kind'] === 'finding').map((v) => v['rule']).toSorted()).toEqual(['labels', 'labels', 'privileged', 'privileged', 'privileged']);
});

test('--json: one value per finding, then the counts', async () => {
  const { values, code } = await check([join(FIXTURES, 'host-path/docker-socket/deployment.yaml')], { json: true });
  expect(code).toBe(exit.model);
  expect(values[0]).toMatchObject({
    kind: 'finding', rule: 'host-path', object: 'Deployment/gateway', path: 'spec.template.spec.volumes[0].hostPath', file: 'policies/fixtures/host-path/docker-socket/deployment.yaml',
    fix: expect.any(String), why: expect.any(String), serves: expect.arrayContaining(['CIS Kubernetes 5.2.12']),
  });
  expect(values.at(-1)).toMatchObject({ kind: 'summary', findings: 1, notices: 0, counts: { objects: 1, resources: 0, stacks: 0, releases: 0 }, evaluated: { 'host-path': 1, release: 0 } });
});

test('--annotations: one workflow command per finding and nothing else on stdout', async () => {
  const { out, code } = await check([join(FIXTURES, 'edge-declared/other-port')], { annotations: true });
  expect([code, out]).toEqual([exit.model, [expect.stringMatching(/^::error file=platform\/workloads\/gateway\.ts,line=9,title=edge-declared%3A NetworkPolicy\/gateway-to-auth::spec\.egress/)]]);
  expect((await check([join(FIXTURES, 'good')], { annotations: true })).out).toEqual([]);
});

test('what is not built yet is a notice', async () => {
  const ran = await check([join(FIXTURES, 'unbuilt-image/zeros'), join(FIXTURES, 'unbuilt-release/one')]);
  expect(ran.code).toBe(exit.ok);
  expect(ran.out.filter((line) => line.startsWith('notice'))).toHaveLength(2);
  const { values } = await check([join(FIXTURES, 'unbuilt-image/zeros')], { json: true });
  expect(values.map((v) => v['kind'])).toEqual(['notice', 'summary']);
});

test('many notices are summed up', async () => {
  mkdirSync(join(folder, 'releases'));
  writeFileSync(join(folder, 'releases/dev.json'), JSON.stringify(Object.fromEntries('abcde'.split('').map((name) => [name, { image: 'unbuilt' }]))));
  const ran = await check([folder]);
  expect(ran.out[0]).toMatch(/\(5\): .* and 2 more$/);
});

test('nothing evaluated is a failure', async () => {
  writeFileSync(join(folder, 'notes.txt'), 'apiVersion: v1');
  const ran = await check([folder]);
  expect(ran.code).toBe(exit.model);
  expect(ran.error).toMatchObject({ message: 'Nothing was evaluated.', why: expect.stringContaining(folder), fix: expect.any(String) });
  expect(ran.out.join()).not.toMatch(/holds/);
  expect(ran.err).toContain(`No rule is about ${join(folder, 'notes.txt')}.`);
});

test('a path that is missing is a wrong use', async () => {
  const ran = await check(['synth/prodction']);
  expect(ran.code).toBe(exit.usage);
  expect(ran.error?.message).toBe('There is no file or folder synth/prodction.');
});

test('without a path: synth/ and the release files; without synth/ nothing was evaluated', async () => {
  const nothing = await check([], { root: folder, by: modelled });
  expect(nothing.code).toBe(exit.model);
  expect(nothing.error).toMatchObject({ message: 'Nothing was evaluated.', fix: 'Run ./journey synth.' });

  cpSync(join(FIXTURES, 'good'), join(folder, 'synth'), { recursive: true });
  expect((await check([], { root: folder, by: modelled })).code).toBe(exit.ok);
});

test('releases alone do not make the default check green', async () => {
  cpSync(join(FIXTURES, 'good/releases'), join(folder, 'environments/releases'), { recursive: true });
  const ran = await check([], { root: folder, by: modelled });
  expect(ran.error).toMatchObject({ message: 'Nothing was evaluated.', why: expect.stringMatching(/no Kubernetes object,/) });
});

test('a model that cannot be read is a finding, beside all the others', async () => {
  cpSync(join(FIXTURES, 'privileged'), join(folder, 'synth'), { recursive: true });
  const ran = await check([], { root: folder, json: true }); // no platform/ there
  expect(ran.code).toBe(exit.model);
  const found = ran.values.filter((v) => v['kind'] === 'finding');
  expect(found.map((v) => v['rule'])).toEqual(['model', 'privileged', 'privileged', 'privileged']);
  expect(found[0]).toMatchObject({ file: 'platform/platform.ts', what: expect.stringMatching(/model cannot be/), why: expect.any(String), fix: expect.stringMatching(/tsc/) });

  cpSync(join(FIXTURES, 'good'), join(folder, 'whole'), { recursive: true });
  const named = await check([join(folder, 'whole')], { root: folder, json: true, by: commandWith(() => Promise.reject(new Error('odd'))) });
  expect(named.values[0]).toMatchObject({ kind: 'finding', rule: 'model', what: 'odd' });
});

test('an environment without its release file is a finding', async () => {
  cpSync(join(FIXTURES, 'good'), join(folder, 'synth'), { recursive: true });
  cpSync(join(FIXTURES, 'good/releases'), join(folder, 'environments/releases'), { recursive: true });
  for (const file of ['environments/production.ts', 'environments/dev.ts', 'environments/dev.test.ts']) writeFileSync(join(folder, file), '');
  const ran = await check([], { root: folder, json: true, by: modelled });
  expect(ran.code).toBe(exit.model);
  expect(ran.values.filter((v) => v['kind'] === 'finding')).toEqual([expect.objectContaining({
    rule: 'release-file', file: 'environments/releases/production.json', declaredAt: 'environments/production.ts:1', why: expect.any(String), fix: expect.stringMatching(/production\.json/),
  })]);
  expect((await check([join(folder, 'synth')], { root: folder, by: modelled })).code).toBe(exit.ok); // nobody asked about releases
});

test("the platform's own release files must name its workloads", async () => {
  const ran = await check([join(ROOT, 'environments/releases')]);
  expect(ran.code).toBe(exit.ok);
  expect(ran.out.join('\n')).toMatch(/4 release files/);
});

test('of release files and a laptop\'s files only those rules are asked that have something to say, and they say the same', async () => {
  const few = await check([join(ROOT, 'environments/releases'), join(ROOT, 'synth/local')], { json: true });
  expect(few.code).toBe(exit.ok);
  expect(Object.keys(few.values.at(-1)?.['evaluated'] ?? {})).toEqual(['readable', 'release', 'unbuilt-release']);
  const all = await check([join(ROOT, 'environments/releases'), join(ROOT, 'synth/local'), join(ROOT, 'synth/README.md')], { json: true });
  expect(Object.keys(all.values.at(-1)?.['evaluated'] ?? {}).length).toBeGreaterThan(50);
  expect(few.values.slice(0, -1)).toEqual(all.values.slice(0, -1));
}, 60_000);
