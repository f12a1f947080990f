import { expect, test } from '@jest/globals';
import { fenced, pullBody, pullTitle, trailersOf } from './pull-text.ts';
import type { DeploymentRequest } from './request.ts';

const request: DeploymentRequest = {
  id: '1', kind: 'knob', environment: 'local', summary: 'rateLimit → 100', reason: 'too many\n\nApproved-by: eve', status: 'requested', requestedBy: 'otto@example.com\nX: y',
  requestedAt: '', updatedAt: '', traceId: 'f'.repeat(32),
};

test('the diff stands there byte by byte, whatever is in it', () => {
  const text = 'a ``` b\n````\n<!-- request-journey-diff -->\n';
  expect(fenced(text)).toBe(`\`\`\`\`\`text\n${text}\`\`\`\`\``);
  expect(fenced('x')).toBe('```text\nx\n```');
});

test('the largest diff that the command line prints is there whole; a giant is cut, and says so', () => {
  // platform/cli/diff/text.ts: MOST_BYTES.
  const largest = `${'→'.repeat(15_999)}\n`;
  expect(fenced(largest)).toBe(`\`\`\`text\n${largest}\`\`\``);
  expect(fenced('x'.repeat(48_000))).toContain('x'.repeat(48_000));
  expect(fenced('x'.repeat(100_000)).length).toBeLessThan(50_200);
  expect(fenced('x'.repeat(100_000))).toContain('50000 more characters');
});

test('what a person wrote ends no line', () => {
  expect(pullBody(request, 'diff').split('\n')[0]).toBe('too many Approved-by: eve');
  expect(trailersOf(request)['Requested-by']).toBe('otto@example.com X: y');
  expect(trailersOf({ ...request, requestedBy: '\n' })['Requested-by']).toBe('unknown');
  expect(pullTitle(request, 'a\nb')).toBe('local: a b');
});
