import { expect, test } from '@jest/globals';
import type { Second } from '../../api/live-metrics.ts';
import { grown, type Lines } from './lines.ts';

const before: Lines = { at: [1, 2, 3], lines: [{ key: 'a', rate: [1, 2, 3], errors: [0, 0, 0], p99: [0.1, null, 0.3] }], exemplars: [] };
const second = (at: number): Second => ({ at: at * 1000, route: [], edge: [], query: [], service: [{ key: 'a', labels: {}, requests: 9, errors: 1, refused: 0, p50: null, p95: null, p99: 0.4, exemplars: [{ at: at * 1000, seconds: 0.4, traceId: 'a'.repeat(32) }] }] });

test('a second comes at the end once, and the oldest leaves', () => {
  const after = grown(before, second(4), 'service', 3);
  expect(after.at).toEqual([2, 3, 4]);
  expect(after.lines[0]).toMatchObject({ rate: [2, 3, 9], errors: [0, 0, 1], p99: [null, 0.3, 0.4] });
  expect(after.exemplars).toHaveLength(1);
  expect(grown(after, second(4), 'service', 3)).toBe(after);
  expect(grown(after, second(3), 'service', 3)).toBe(after);
});

test('a group that did nothing in a second did nothing; it has no duration', () => {
  expect(grown(before, { ...second(4), service: [] }, 'service', 600).lines[0]).toMatchObject({ rate: [1, 2, 3, 0], p99: [0.1, null, 0.3, null] });
});
