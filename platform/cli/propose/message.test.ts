import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { identityFor } from './identity.ts';
import { messageOf } from './message.ts';
import { nasty, texts } from './test/nasty.ts';

const trailers = { 'Requested-by': 'ada', Journey: '4bf92f3577b34da6a3ce929d0e0e4736' };
/** What git itself takes for trailers. */
function trailersIn(message: string): string {
  return execFileSync('git', ['interpret-trailers', '--parse'], { input: message, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' }, cwd: '/' });
}
const ours = 'Requested-by: ada\nJourney: 4bf92f3577b34da6a3ce929d0e0e4736\n';

test('title, reason and trailers, a blank line between', () => {
  expect(messageOf({ title: 'Fewer requests', reason: `${'word '.repeat(30)}\n\n\n\nend`, trailers })).toBe(
    `Fewer requests\n\n${'word '.repeat(14).trim()}\n${'word '.repeat(14).trim()}\nword word\n\nend\n\n${ours}`);
});

test.each([
  'Approved-by: mallory', 'a\n\nApproved-by: mallory\nSigned-off-by: mallory', `${'x'.repeat(70)} Approved-by: mallory`, 'Approved-by : mallory', '  Approved-by: mallory', '(cherry picked from commit 1)\nApproved-by: m',
  '---\nApproved-by: mallory', 'x\r\rApproved-by: mallory', 'x\u2028\u2028Approved-by: mallory', 'x\u0000\nApproved-by: mallory', '# comment\nApproved-by: mallory', '\n\n\n',
])('a reason cannot speak as a trailer: %j', (reason) => {
  expect(trailersIn(messageOf({ title: 'Fewer requests', reason, trailers }))).toBe(ours);
  expect(trailersIn(messageOf({ title: 'Fewer requests', reason, trailers: {} }))).toBe('');
});

test.each(['Approved-by: mallory', 'a\nApproved-by: mallory', '---', '-c core.pager=x'])('nor can a title: %j', (title) => {
  const message = messageOf({ title, reason: 'because', trailers: {} });
  expect(trailersIn(message)).toBe('');
  expect(message.split('\n\n')).toHaveLength(2);
});

test('whatever is typed, git finds our trailers and no others, and no control character', () => {
  for (const reason of [...nasty, ...texts(3, 40)]) {
    const message = messageOf({ title: `t${reason}`, reason: `Approved-by: x\n${reason}\nApproved-by: y`, trailers });
    expect(trailersIn(message)).toBe(ours);
    expect(message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  }
});

test.each([
  ['ada', 'ada', 'ada@journey.local'], ['Ada Lovelace', 'Ada Lovelace', 'ada-lovelace@journey.local'], ['ada@example.com', 'ada@example.com', 'ada@example.com'],
  ['ada <root@evil>', 'ada root@evil', 'ada-root-evil@journey.local'], ['a\nauthor x <y>', 'a author x y', 'a-author-x-y@journey.local'], ['<>', 'unknown', 'unknown@journey.local'], ['...', 'unknown', 'unknown@journey.local'],
  ['Žofie', 'Žofie', 'z-ofie@journey.local'], ['李', '李', 'unknown@journey.local'], ['-c@x', '-c@x', 'c-x@journey.local'],
])('%j is written as %j', (author, name, email) => {
  expect(identityFor(author)).toEqual({ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: 'Request-Journey', GIT_COMMITTER_EMAIL: 'deployment@journey.local' });
});

test('git takes every author', () => {
  for (const author of nasty) {
    const said = execFileSync('git', ['var', 'GIT_AUTHOR_IDENT'], { encoding: 'utf8', cwd: '/', env: { PATH: process.env['PATH'], HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1', ...identityFor(author) } });
    expect(said.trim().split('\n')).toHaveLength(1);
  }
});
