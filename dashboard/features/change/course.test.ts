import { expect, test } from '@jest/globals';
import { courseOf, hasEnded, isMoving, onlyOnMain, type Status } from './course.ts';

const states = (status: Status, rest: { pull?: number; commit?: string; outcome?: string } = {}) => courseOf({ status, ...rest }).map(({ state }) => state);

test('a change rides from stop to stop', () => {
  expect(states('requested')).toEqual(['here', 'ahead', 'ahead', 'ahead']);
  expect(states('proposed', { pull: 1 })).toEqual(['passed', 'here', 'ahead', 'ahead']);
  expect(states('merged', { pull: 1, commit: 'c' })).toEqual(['passed', 'passed', 'here', 'ahead']);
  expect(states('succeeded', { pull: 1, commit: 'c' })).toEqual(['passed', 'passed', 'passed', 'passed']);
});

test('one that ends otherwise ends at the stop that it did not reach', () => {
  expect(states('refused')).toEqual(['passed', 'ended', 'ahead', 'ahead']);
  expect(states('unchanged')).toEqual(['passed', 'ended', 'ahead', 'ahead']);
  expect(states('closed', { pull: 1 })).toEqual(['passed', 'passed', 'ended', 'ahead']);
  expect(states('rolledBack', { pull: 1, commit: 'c' })).toEqual(['passed', 'passed', 'passed', 'ended']);
  expect(states('failed')).toEqual(['passed', 'ended', 'ahead', 'ahead']);
});

test('what nobody saw answer ends on main', () => {
  const answers = { status: 'succeeded', pull: 1, commit: 'c' } as const;
  const lost = { ...answers, outcome: 'merged; no cluster is connected, so nothing was rolled out' } as const;
  expect(courseOf(lost)).toEqual([{ stop: 'requested', state: 'passed' }, { stop: 'proposed', state: 'passed' }, { stop: 'merged', state: 'passed' }]);
  expect([onlyOnMain(lost), onlyOnMain(answers), onlyOnMain({ ...lost, status: 'merged' }), hasEnded(lost.status)]).toEqual([true, false, false, true]);
});

test('waiting for a person is neither an end nor a movement', () => {
  expect([hasEnded('proposed'), isMoving('proposed')]).toEqual([false, false]);
  expect([hasEnded('merged'), isMoving('merged')]).toEqual([false, true]);
  expect([hasEnded('closed'), isMoving('closed')]).toEqual([true, false]);
});
