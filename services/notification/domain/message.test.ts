import { expect, test } from '@jest/globals';
import { messageFor, type DeploymentRequest } from './message.ts';

const request: DeploymentRequest = {
  id: '1', workload: 'gateway', environment: 'production', revision: 'worktree', reason: 'because', requestedBy: 'otto@example.com',
  requestedAt: '2026-01-02T03:04:05Z', traceId: 'abc',
};

test('the mail goes to who asked and says what was asked for', () => {
  const { to, subject, text } = messageFor(request);
  expect(to).toBe('otto@example.com');
  expect(subject).toBe('Deployment requested: gateway to production');
  for (const part of ['gateway', 'production', 'worktree', 'because', 'abc']) expect(text).toContain(part);
});

test.each(['\r\nBcc: eve@example.com', '\nBcc: eve@example.com', '\u2028Bcc: eve@example.com', '\u0085Bcc: eve@example.com', '\u202eBcc: eve@example.com'])(
  'a line cannot be ended from inside: %j', (attack) => {
    const plain = messageFor(request).text.split('\n').length;
    const { subject, text } = messageFor({ ...request, workload: `gateway${attack}`, reason: `because${attack}`, revision: attack, requestedAt: attack, id: attack });
    expect(subject).toBe('Deployment requested: gateway Bcc: eve@example.com to production');
    expect(text.split('\n')).toHaveLength(plain);
    expect(text).not.toMatch(/[\u0085\u2028\u202e\r]/);
  });

test('a subject has an end', () => {
  expect(messageFor({ ...request, workload: 'x'.repeat(1000) }).subject).toHaveLength(200);
});
