import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFolder } from '../../cli/output-folder.ts';
import { spokenIo } from '../../cli/test/spoken-io.ts';
import { measured } from '../child.ts';
import { figureOf } from '../statistics.ts';
import { benchOf } from './bench.ts';
import { generated } from './generated.ts';
import { countIn } from './object-count.ts';
import { objectsIn } from './objects.ts';
import { sameContents } from './same.ts';
import { readStored } from './stored.ts';
import { tell, type Result } from './tell.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'journey-bench-test-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, files: Readonly<Record<string, string>>): string {
  writeFolder(join(folder, name), new Map(Object.entries(files)), join(folder, 'scratch'));
  return join(folder, name);
}

test('both sides write the same objects, and every figure is told', async () => {
  const io = spokenIo(process.cwd(), { json: true });
  const plan = { sizes: [{ size: 3, target: 1000, runs: 1 }], growth: { size: 6, base: 3, target: 1000, runs: 1 } };
  await benchOf(plan).run(io, { quick: false });
  const [said] = io.emitted;
  expect(said).toMatchObject({
    bench: 'synth', growth: { size: 6, base: 3, verdict: 'met' },
    results: [{ size: 3, files: expect.any(Number), objects: expect.any(Number), ours: { runs: 1 }, peer: { runs: 1 }, control: { runs: 1 } }],
  });
  expect(JSON.stringify(said)).not.toContain('null');
}, 60_000);

test('each side, run by hand, writes and reports', async () => {
  const [argv, write] = [process.argv, process.stdout.write];
  const lines: string[] = [];
  process.stdout.write = (text) => lines.push(String(text)) > 0;
  try {
    for (const [script, ...args] of [['ours', '3', 'ours'], ['prepare', 'ours', 'objects.json'], ['peer', 'objects.json', 'peer']] as const) {
      process.argv = ['node', script, ...args.map((arg) => (/^\d+$/.test(arg) ? arg : join(folder, arg)))];
      await import(`./${script}.ts`);
    }
  } finally {
    process.argv = argv;
    process.stdout.write = write;
  }
  const counts = lines.map((line) => JSON.parse(line)).map(({ files, objects }) => ({ files, objects }));
  expect(counts).toEqual([counts[0], counts[0], counts[0]]);
  expect(sameContents(join(folder, 'ours'), join(folder, 'peer')).files).toBe(counts[0]?.files);
}, 60_000);

test('a target that is not met is a failure', async () => {
  const io = spokenIo(process.cwd());
  expect(await benchOf({ sizes: [{ size: 3, target: 0, runs: 1 }], growth: { size: 6, base: 3, target: 1, runs: 1 } }).run(io, { quick: true })).toBe(1);
  expect(io.printed.join('\n')).toMatch(/target ≤ 0: (missed|inconclusive)/);
}, 60_000);

test('another file, another content and no valid YAML are each found', () => {
  const ours = written('ours', { 'a.yaml': 'a: 1\n---\nb: [1, 2]\n', 'b.json': '{"c":1}' });
  expect(sameContents(ours, written('same', { 'a.yaml': '# note\na: 1\n---\nb:\n  - 1\n  - 2\n', 'b.json': '{\n"c": 1}' }))).toEqual({ files: 2, compared: 2 });
  expect(() => sameContents(ours, written('less', { 'a.yaml': 'a: 1\n' }))).toThrow('different files: 2 and 1');
  expect(() => sameContents(ours, written('other', { 'a.yaml': 'a: 2\n', 'b.json': '{"c":1}' }))).toThrow('different contents into a.yaml');
  expect(() => objectsIn('a.yaml', 'a: [')).toThrow('a.yaml');
});

test('objects are counted as they are read', () => {
  for (const text of ['a: 1\n', 'a: 1\n---\nb: 2\n---\nc: |\n  ---\n']) expect(countIn('x.yaml', text)).toBe(objectsIn('x.yaml', text).length);
  expect(countIn('x.json', '{}')).toBe(1);
});

test('a generated platform is what it claims to be', () => {
  const { platform, environments } = generated(12);
  expect(Object.keys(platform.workloads)).toHaveLength(12);
  expect(environments.map(({ name }) => name)).toEqual(['local', 'dev', 'staging', 'production']);
});

test('a process that fails or reports nothing is an error with what it said', async () => {
  const { signal } = new AbortController();
  await expect(measured(new URL('./peer.ts', import.meta.url), [join(folder, 'none'), folder], signal)).rejects.toThrow(/ENOENT/);
  await expect(measured(new URL('./object-count.ts', import.meta.url), [], signal)).rejects.toThrow();
});

test('what was not stored by us is not measured', () => {
  written('stored', { 'bad.json': '[{"path":1}]', 'good.json': '[{"path":"a","objects":[]}]' });
  expect(readStored(join(folder, 'stored/good.json'))).toHaveLength(1);
  expect(() => readStored(join(folder, 'stored/bad.json'))).toThrow('no stored objects');
});

test('each verdict is told in words', () => {
  const [one, big] = [figureOf([1]), figureOf([1000, 1200])];
  const result: Result = { size: 10, target: 2, files: 1, objects: 2, compared: 1, ours: big, peer: big, ratio: one, control: one, coldMs: 5, verdict: 'met' };
  const io = spokenIo(process.cwd());
  tell(io, {
    load: 0.5, results: [result, { ...result, verdict: 'missed' }, { ...result, verdict: 'inconclusive' }],
    growth: { size: 1000, base: 100, target: 11, ours: big, times: 9, objects: 7, maxRssMb: 100, verdict: 'met' },
  });
  const text = io.printed.join('\n');
  for (const word of ['met', 'missed', 'inconclusive: the control drifts', '9.0 × the time of 100', 'yaml 2.9', '1100 ms (1000–1200, 2 runs)']) expect(text).toContain(word);
});
