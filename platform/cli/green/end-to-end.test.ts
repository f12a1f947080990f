import { expect, test } from '@jest/globals';
import { taking } from './end-to-end.ts';

test('each lane runs its own, then what the other has not begun; nothing runs twice', () => {
  const shared = ['x', 'y', 'z'];
  const [one, other] = [taking(['a'], shared), taking(['b', 'c'], shared)];
  const next = (lane: Generator<string, void>) => lane.next().value;
  expect([next(one), next(other), next(one), next(other), next(other), next(one), next(one), next(other)]).toEqual(['a', 'b', 'x', 'c', 'y', 'z', undefined, undefined]);
});
