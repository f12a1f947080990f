import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { cutLine, foldersOf, objectAt } from './file-tree.ts';

test('files by folder', () => {
  expect(foldersOf(['kubernetes/gateway/service.yaml', 'journey.json', 'kubernetes/gateway/deployment.yaml', 'kubernetes/auth/service.yaml'])).toEqual([
    { name: '', files: [{ name: 'journey.json', path: 'journey.json' }] },
    { name: 'kubernetes/auth', files: [{ name: 'service.yaml', path: 'kubernetes/auth/service.yaml' }] },
    { name: 'kubernetes/gateway', files: [{ name: 'deployment.yaml', path: 'kubernetes/gateway/deployment.yaml' }, { name: 'service.yaml', path: 'kubernetes/gateway/service.yaml' }] },
  ]);
});

test('a line belongs to the object that began before it', () => {
  const objects = [{ object: 'b', line: 10, declaredAt: 'x.ts:2' }, { object: 'a', line: 2, declaredAt: 'x.ts:1' }];
  expect([1, 2, 9, 10, 99].map((line) => objectAt(objects, line)?.object)).toEqual([undefined, 'a', 'a', 'b', 'b']);
});

test('cutting a line loses no byte of it', () => {
  for (const path of ['dev/kubernetes/gateway/deployment.yaml', 'dev/journey.json', 'dev/observability/gateway.yaml']) {
    for (const line of readFileSync(`synth/${path}`, 'utf8').split('\n')) expect(cutLine(line).map(({ text }) => text).join('')).toBe(line);
  }
  expect(cutLine('  - name: gateway')[1]).toEqual({ kind: 'key', text: 'name' });
  expect(cutLine('  "from": "a:b"')[1]).toEqual({ kind: 'key', text: '"from"' });
  expect(cutLine('# a: b')).toEqual([{ kind: 'comment', text: '# a: b' }]);
});
