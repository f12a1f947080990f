import { expect, test } from '@jest/globals';
import { isPolicy, refusal, type Attempt, type GuardPolicy } from './guard-policy.ts';

const policy: GuardPolicy = {
  workload: 'gateway', folder: 'services/gateway',
  allow: [{ host: '127.0.0.1', port: 4101 }, { host: 'db.example.com', port: 5432 }],
  known: [{ name: 'notification', kind: 'service', host: '127.0.0.1', port: 4107 }, { name: 'settings-cache', kind: 'cache', host: '127.0.0.1', port: 4108 }],
};

test.each<[string, Attempt]>([
  ['its reference', { kind: 'tcp', host: '127.0.0.1', port: 4101 }],
  ['by another name of loopback', { kind: 'tcp', host: 'localhost', port: 4101 }],
  ['without a host', { kind: 'tcp', host: '', port: 4101 }],
  ['a server elsewhere', { kind: 'tcp', host: 'DB.example.com', port: 5432 }],
  ['its name', { kind: 'name', host: 'db.example.com' }],
  ['localhost', { kind: 'name', host: 'localhost' }],
  ['an address is no name', { kind: 'name', host: '192.0.2.1' }],
  ['nor is one of version 6', { kind: 'name', host: '2001:db8::1' }],
])('allowed: %s', (_, attempt) => expect(refusal(policy, attempt)).toBeUndefined());

test('a refusal names the missing reference and both lines to write', () => {
  expect(refusal(policy, { kind: 'tcp', host: '127.0.0.1', port: 4107 })).toBe(
    "gateway declares no reference to notification (127.0.0.1:4107): add NOTIFICATION_URL: urlOf('notification') to services/gateway/contract.ts and bind it in platform/workloads/gateway.ts",
  );
  expect(refusal(policy, { kind: 'tcp', host: 'localhost', port: 4108 })).toMatch(/settings-cache .*add CACHE: cache\(\) to/);
});

test.each<[string, Attempt, RegExp]>([
  ['another port of an allowed host', { kind: 'tcp', host: 'db.example.com', port: 5433 }, /no reference to db\.example\.com:5433: add a backing/],
  ['another host on an allowed port', { kind: 'tcp', host: '192.0.2.1', port: 5432 }, /192\.0\.2\.1:5432/],
  ['nobody without a host', { kind: 'tcp', host: '', port: 1 }, /127\.0\.0\.1:1\b/],
  ['a unix socket', { kind: 'path', path: '/run/docker.sock' }, /socket \/run\/docker\.sock/],
  ['UDP, even to a reference', { kind: 'udp', host: '127.0.0.1', port: 4101 }, /UDP/],
  ['an unknown name', { kind: 'name', host: 'example.org' }, /example\.org/],
])('refused: %s', (_, attempt, why) => expect(refusal(policy, attempt)).toMatch(why));

test('only a whole policy is one', () => {
  expect(isPolicy(policy)).toBe(true);
  for (const other of [null, 1, {}, { ...policy, allow: 1 }, { ...policy, known: undefined }]) expect(isPolicy(other)).toBe(false);
});
