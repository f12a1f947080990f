import { expect, test } from '@jest/globals';
import { drilled } from './drills.ts';

const said = '✓ drift  shown (0.3 s)\n✗ drift  healed (never)\n  drift  seconds until shown: 0.3 (0.0 to 3.3 in 3)\n';

test('the closing line counts; what failed and the figures are shown', () => {
  expect(drilled(1, `${said}1 passed, 1 failed, 0 skipped\n`)).toEqual({ passed: 1, failed: 1, skipped: 0, details: ['✗ drift  healed (never)', '  drift  seconds until shown: 0.3 (0.0 to 3.3 in 3)'] });
});

test.each([
  ['one that broke off', 1, said],
  ['one that says nothing', 0, ''],
  ['one that counts well and ends badly', 4, '3 passed, 0 failed, 0 skipped\n'],
])('%s is a failure', (_, code, text) => {
  expect(drilled(code, text)).toMatchObject({ passed: 0, failed: 1 });
});
