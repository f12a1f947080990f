import { expect, test } from '@jest/globals';
import { secretLooking } from './secret-looking.ts';

test.each([
  ['GREETING', 'AKIAIOSFODNN7EXAMPLE'],
  ['GREETING', `ghp_${'a1B2'.repeat(9)}`],
  ['GREETING', '-----BEGIN RSA PRIVATE KEY-----\nMII'],
  ['GREETING', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.sig'],
  ['DATABASE', 'postgres://journey:hunter2@identity:5432/journey'],
  ['DB_PASSWORD', 'hunter2'],
  ['apiKey', 'x'],
  ['SIGNING-SECRET', 'x'],
  ['WORKLOAD_KEY', 'abc'],
  ['GREETING', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['GREETING', 'q7Zt3Vb9Xk2Lm5Np8Rs1Wd4Yf6Hj0Gc'],
  ['', 'redis-server --requirepass=q7Zt3Vb9Xk2Lm5Np8Rs1Wd4Yf6Hj0Gc'],
])('%s = %s looks like a secret', (name, value) => {
  expect(secretLooking(name, value)).toBeDefined();
});

test.each([
  ['DB_PASSWORD', '$(DB_PASSWORD)'],
  ['DB_PASSWORD', '$DB_PASSWORD'],
  ['password', '${random_password.identity.result}'],
  ['DB_PASSWORD', ''],
  ['TOKEN_FILE', '/run/secrets/token'],
  ['TOKEN', '/run/secrets/token'],
  ['KEYS_URL', 'http://auth:8080'],
  ['COOKIE_SECURE', 'yes'],
  ['USE_TOKEN', 'true'],
  ['REVISION', `sha256:${'4f53cda18c2baa0c0354bb5f9a3ecbe5'.repeat(2)}`],
  ['IMAGE', `gateway@sha256:${'4f53cda18c2baa0c0354bb5f9a3ecbe5'.repeat(2)}`],
  ['DATABASE', 'postgres://journey:$(PASSWORD)@identity:5432/journey'],
  ['ZEROS', '0'.repeat(32)],
  ['LOG_LEVEL', 'debug'],
  ['WORDS', 'this-is-a-long-name-of-some-thing-v2'],
])('%s = %s does not', (name, value) => {
  expect(secretLooking(name, value)).toBeUndefined();
});

test('the reason never holds the value', () => {
  expect(secretLooking('DB_PASSWORD', 'hunter2')).not.toContain('hunter2');
});
