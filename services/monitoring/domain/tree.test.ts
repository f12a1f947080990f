import { expect, test } from '@jest/globals';
import { seenOf, unseen } from './health.ts';
import { millis } from './journey.ts';
import { targetsOf } from './targets.ts';
import { treeOf } from './tree.ts';

const node = (spanId: string, parentId: string | null, at = 0) => ({ spanId, parentId, startedNs: String(1_000_000 + at) });
const ids = (spans: readonly ReturnType<typeof node>[]) => treeOf(spans).nodes.map(({ spanId }) => spanId).join('');

test('parents before children, the earlier sibling first, whatever order they came in', () => {
  const spans = [node('e', 'b', 5), node('c', 'a', 9), node('d', 'b', 2), node('b', 'a', 1), node('a', null)];
  expect([ids(spans), treeOf(spans).connected]).toEqual(['abdec', true]);
});

test.each<[string, ReturnType<typeof node>[], string]>([
  ['nothing', [], ''], ['two roots', [node('a', null), node('b', null, 1)], 'ab'], ['an orphan', [node('b', 'x'), node('a', null, 1)], 'ab'],
  ['an orphan with a child', [node('c', 'b', 2), node('b', 'x', 1), node('a', null, 3)], 'abc'], ['a ring beside the root', [node('b', 'c', 1), node('c', 'b', 2), node('a', null, 3)], 'abc'],
  ['its own parent', [node('a', 'a')], 'a'], ['no root at all', [node('b', 'a'), node('c', 'b', 1)], 'bc'],
])('%s is not connected, and nothing is lost', (_, spans, order) => {
  expect([treeOf(spans).connected, ids(spans)]).toEqual([false, order]);
});

test('one id twice is one node, and 100,000 levels are no problem', () => {
  expect(treeOf([node('a', null), node('a', null)])).toMatchObject({ connected: true, nodes: [{}] });
  const deep = Array.from({ length: 100_000 }, (_, i) => node(String(i), i === 0 ? null : String(i - 1), i));
  expect(treeOf(deep)).toMatchObject({ connected: true, nodes: { length: 100_000 } });
});

test('milliseconds keep microseconds', () => expect(millis(1_795_413_477_000_123_456n)).toBe(1_795_413_477_000.123));

test('WORKLOADS is read, and everything wrong with it is told at once', () => {
  expect(targetsOf(' a=http://127.0.0.1:1 , b-2=https://b/base,').map(({ name, url }) => `${name} ${url.href}`)).toEqual(['a http://127.0.0.1:1/', 'b-2 https://b/base']);
  expect(targetsOf(undefined)).toEqual([]);
  expect(() => targetsOf('a=http://x,a=http://y,B=http://z,c,d=ftp://x,e=nonsense')).toThrow('WORKLOADS: a is there twice; "B=http://z" is not name=http://host:port; "c" is not name=http://host:port; "d=ftp://x" is not name=http://host:port; "e=nonsense" is not name=http://host:port.');
});

test('each look has its word', () => {
  expect(unseen('a').health).toBe('Unknown');
  expect((['ready', 'notReady', 'silent', 'nobody'] as const).map((kind) => {
    const { health, answerMs } = seenOf('a', kind === 'ready' ? { kind } : { kind, detail: 'x' }, 1, 2);
    return [health, answerMs];
  })).toEqual([['Healthy', 2], ['Degraded', 2], ['Degraded', null], ['Missing', null]]);
});
