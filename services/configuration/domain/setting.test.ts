import { expect, test } from '@jest/globals';
import { defaultOf, wrongIn } from './setting.ts';

test.each([
  [{ frozen: true, reason: 'release week' }, []],
  [{ frozen: false, reason: '' }, []],
  [{ frozen: 'yes', reason: '' }, ['/value/frozen']],
  [{ frozen: true }, ['/value/reason']],
  [{ frozen: true, reason: '  ' }, ['/value/reason']],
  [{ frozen: false, reason: 'x'.repeat(501) }, ['/value/reason']],
  [{ frozen: 1, reason: 2, more: 3 }, ['/value/frozen', '/value/reason', '/value']],
])('deployment-freeze %j', (value, paths) => {
  expect(wrongIn('deployment-freeze', value).map(({ path }) => path)).toEqual(paths);
});

test('a setting that nobody knows holds anything and has no default', () => {
  expect(wrongIn('colour', { of: 'the day' })).toEqual([]);
  expect(defaultOf('colour')).toBeUndefined();
  expect(defaultOf('deployment-freeze')).toEqual({ frozen: false, reason: '' });
});
