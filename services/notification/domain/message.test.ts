import { expect, test } from '@jest/globals';
import { messageFor, type EndedRequest } from './message.ts';

const request: EndedRequest = {
  id: '1', kind: 'release', workload: 'gateway', environment: 'local', revision: '3f2a1b4c'.repeat(5), summary: 'gateway worktree → 3f2a1b4c', reason: 'because', status: 'succeeded', requestedBy: 'otto@example.com',
  requestedAt: '2026-01-02T03:04:05Z', updatedAt: '2026-01-02T03:04:15Z', traceId: 'abc', pull: 7, commit: 'c'.repeat(40),
};
const mail = (change: Partial<EndedRequest> = {}) => messageFor({ ...request, ...change }, 'on-call@example.com', 'https://app.example.com') ?? { to: '', subject: '', text: '' };
const { pull: _, commit: __, ...early } = request;

test('the mail goes to who asked and says what answers now, why, and where to look', () => {
  const { to, subject, text } = mail();
  expect(to).toBe('otto@example.com');
  expect(subject).toBe('gateway now answers with 3f2a1b4c in local');
  for (const part of ['because', 'gateway worktree → 3f2a1b4c', 'Pull:     7', `Commit:   ${'c'.repeat(40)}`, 'Journey:  abc']) expect(text).toContain(part);
  expect(text).not.toContain('What was seen');
});

test.each<[string, Partial<EndedRequest>, string, RegExp]>([
  ['a knob', { kind: 'knob', summary: 'rateLimit 200 → 100' }, 'rateLimit 200 → 100 in local', /has arrived: rateLimit/],
  ['an image', { revision: `sha256:${'a'.repeat(64)}`, environment: 'dev' }, 'gateway now answers with sha256:aaaaaaaaaaaa in dev', /has arrived/],
  ['merged only', { outcome: 'merged; no cluster is connected, so nothing was rolled out' }, 'gateway worktree → 3f2a1b4c in local', /Outcome:  merged; no cluster/],
  ['nothing to do', { status: 'unchanged' }, 'already so: gateway worktree → 3f2a1b4c in local', /Nothing had to be changed/],
  ['refused', { status: 'refused', outcome: 'it is held' }, 'refused: gateway worktree → 3f2a1b4c in local', /was refused, and nothing was changed/],
  ['closed', { status: 'closed' }, 'closed: gateway worktree → 3f2a1b4c in local', /was closed/],
  ['failed', { status: 'failed' }, 'failed: gateway worktree → 3f2a1b4c in local', /Somebody has to/],
  ['taken back', { status: 'rolledBack', outcome: 'Taken back by itself.' }, 'taken back by itself: gateway worktree → 3f2a1b4c in local', /did not become healthy.*held/],
  ['taken back by somebody', { status: 'rolledBack', outcome: 'Taken back by ada@example.com: no' }, 'taken back: gateway worktree → 3f2a1b4c in local', /was taken back\. What/],
])('%s has a subject of its own', (_name, change, subject, text) => {
  expect(mail(change).subject).toBe(subject);
  expect(mail(change).text).toMatch(text);
});

test('what was seen is told, not without end', () => {
  expect(mail({ evidence: ['exit code 1', 'Error: boom'] }).text).toContain('What was seen:\n  exit code 1\n  Error: boom\n');
  expect(mail({ evidence: Array.from({ length: 100 }, (_line, i) => `line ${i}`) }).text).not.toContain('line 20');
});

test('a request without pull request says nothing of one', () => {
  expect(messageFor({ ...early, status: 'refused' }, '', 'https://app.example.com')?.text).not.toMatch(/pull/i);
});

test('the mail leads to the pages, where they have an address', () => {
  const { text } = mail({ traceId: 'ab/../c' });
  expect(text).toContain('See what happened:   https://app.example.com/journeys/ab%2F..%2Fc\n');
  expect(text).toContain('See what it changed: https://app.example.com/pulls/7\n');
  expect(messageFor(request, '', null)?.text).not.toContain('See what');
});

test.each(['otto', 'automatic'])('%s has no address: where alerts go is told', (requestedBy) => {
  const { to, subject, text } = mail({ requestedBy, status: 'rolledBack', outcome: 'Taken back by itself.', evidence: ['exit code 1'] });
  expect([to, subject]).toEqual(['on-call@example.com', 'taken back by itself: gateway worktree → 3f2a1b4c in local']);
  expect(text).toMatch(/^The change of local was taken back/);
  for (const part of [`Asked by: ${requestedBy}`, '  exit code 1', 'where alerts go']) expect(text).toContain(part);
  expect(text).not.toContain('If it was not you');
});

test('a rollback that nobody asked for tells nothing: what it takes back does', () => {
  expect(messageFor({ ...request, kind: 'rollback', requestedBy: 'automatic' }, 'on-call@example.com', null)).toBeNull();
});

test.each(['\r\nBcc: eve@example.com', '\nBcc: eve@example.com', '\u2028Bcc: eve@example.com', '\u0085Bcc: eve@example.com', '\u202eBcc: eve@example.com'])(
  'a line cannot be ended from inside: %j', (attack) => {
    const plain = mail({ evidence: ['x'], outcome: 'y' }).text.split('\n').length;
    const { subject, text } = mail({ workload: `gateway${attack}`, reason: `because${attack}`, summary: `s${attack}`, requestedAt: attack, id: attack, evidence: [`x${attack}`], outcome: `y${attack}` });
    expect(subject).not.toMatch(/[\u0085\u2028\u202e\r\n]/);
    expect(text.split('\n')).toHaveLength(plain);
    expect(text).not.toMatch(/[\u0085\u2028\u202e\r]/);
  });

test('a subject has an end', () => {
  expect(mail({ status: 'refused', summary: 'x'.repeat(1000) }).subject).toHaveLength(200);
});
