import { expect, test } from '@jest/globals';
import { addressOf, cache, consumes, contract, database, mail, number, objects, oneOf, secret, text, urlOf } from './contract.ts';
import { EnvError, parseDatabases, parseEnv } from './env.ts';

const c = contract({
  name: 'thing', about: 'x', ports: { http: 1, metrics: 2 }, routes: {},
  env: {
    DATABASE: database(), CACHE: cache(), EVENTS: consumes(), MAIL: mail(), FILES: objects(),
    AUTH_URL: urlOf('auth'), KEY: secret(), LEVEL: oneOf('a', 'b'), LIMIT: number(), FOLDER: text(), PAGES_URL: addressOf('pages'),
  },
});
const good = {
  HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '9090', ENVIRONMENT: 'local', INSTALLATION: 'one', REVISION: 'worktree',
  TELEMETRY_URL: 'http://127.0.0.1:2', WORKLOAD_KEY: 'wk', KEYS_URL: 'http://127.0.0.1:3',
  DATABASE: 'postgres://u:hunter2@127.0.0.1:5/journey?schema=thing', CACHE: 'redis://127.0.0.1', EVENTS: 'amqp://127.0.0.1', MAIL: 'smtp://127.0.0.1:25',
  FILES: 'file:///tmp/x', AUTH_URL: 'http://127.0.0.1:4/base', KEY: 'k', LEVEL: 'b', LIMIT: '-2.5', FOLDER: 'synth', PAGES_URL: 'https://pages.example.com',
};
const problemsOf = (source: Record<string, string | undefined>) => {
  try {
    parseEnv(c, source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
};

test('every kind becomes its value, with the reference that joins it to the model', () => {
  const { env, standard } = parseEnv(c, good);
  expect([env.LIMIT, env.LEVEL, env.FOLDER, env.KEY.reveal()]).toEqual([-2.5, 'b', 'synth', 'k']);
  expect([env.AUTH_URL.service, env.AUTH_URL.url.href, env.AUTH_URL.reference]).toEqual(['auth', 'http://127.0.0.1:4/base', 'thing.AUTH_URL']);
  expect([env.PAGES_URL, parseEnv(c, { ...good, PAGES_URL: 'none:' }).env.PAGES_URL]).toEqual(['https://pages.example.com', null]);
  expect([env.DATABASE.kind, env.DATABASE.reference, env.DATABASE.url.reveal()]).toEqual(['database', 'thing.DATABASE', good.DATABASE]);
  expect(standard).toMatchObject({ host: '127.0.0.1', port: 0, metricsPort: 9090, environment: 'local', installation: 'one', revision: 'worktree' });
  expect(standard.telemetryUrl).toMatchObject({ service: 'telemetry', reference: 'thing.TELEMETRY_URL' });
  expect(standard).not.toHaveProperty('workloads');
  expect(parseEnv(c, { ...good, WORKLOADS: 'a=http://b' }).standard.workloads).toBe('a=http://b');
});

test('its configuration has a version: settings change it; addresses, credentials and the order do not', () => {
  const version = (source: Record<string, string | undefined> = {}) => parseEnv(c, { ...good, ...source }).standard.configVersion;
  expect(version()).toMatch(/^[0-9a-f]{12}$/);
  expect(version({ KEY: 'other', DATABASE: 'postgres://127.0.0.1:6/x', AUTH_URL: 'http://127.0.0.1:9', PAGES_URL: 'none:', PORT: '1', REVISION: 'abc' })).toBe(version());
  for (const changed of [{ LIMIT: '-2.6' }, { LEVEL: 'a' }, { FOLDER: 'other' }]) expect(version(changed)).not.toBe(version());
  expect(parseEnv(c, Object.fromEntries(Object.entries(good).toReversed())).standard.configVersion).toBe(version());
});

test('an empty environment lists every key once, all at once', () => {
  expect(problemsOf({}).toSorted()).toEqual(Object.keys(good).map((key) => `${key} is missing`).toSorted());
});

test('what the contract has no part in is not asked for', () => {
  const bare = contract({ name: 'page', about: 'x', ports: { http: 1 }, env: {}, routes: {}, standard: ['scrape'] });
  const { standard } = parseEnv(bare, { HOST: '::1', PORT: '80', ENVIRONMENT: 'local', INSTALLATION: 'one', REVISION: 'x' });
  expect(standard).toEqual({ host: '::1', port: 80, environment: 'local', installation: 'one', revision: 'x', configVersion: expect.any(String) });
});

test.each([
  ['HOST', 'localhost', /IP address/], ['PORT', '65536', /port, 0 to 65535/], ['PORT', '80.5', /port/], ['PORT', '-1', /port/], ['PORT', '0x10', /number/],
  ['LIMIT', '1e9', /number/], ['LIMIT', ' 1', /number/], ['LIMIT', 'NaN', /number/], ['LEVEL', 'c', /one of a, b/], ['KEY', '', /missing/],
  ['AUTH_URL', 'auth:8080', /http:\/\//], ['AUTH_URL', 'http://u:p@auth', /credentials/], ['AUTH_URL', 'not a url', /http/],
  ['PAGES_URL', 'https://pages.example.com/', /host alone/], ['PAGES_URL', 'https://u:p@pages.example.com', /host alone/], ['PAGES_URL', 'javascript:alert(1)', /host alone/],
  ['DATABASE', 'mysql://x', /postgres:\/\//], ['CACHE', 'memcached://x', /redis:\/\//], ['EVENTS', 'kafka://x', /amqp:\/\//], ['MAIL', 'http://x', /smtp:\/\//], ['FILES', '/tmp/x', /file:\/\//],
])('%s=%s is refused', (key, value, message) => {
  const found = problemsOf({ ...good, [key]: value });
  expect(found).toEqual([expect.stringMatching(message)]);
  expect(found[0]).toMatch(new RegExp(`^${key} `));
});

test('no value is repeated in the error: it may be a secret', () => {
  expect(() => parseEnv(c, { ...good, DATABASE: 'mysql://u:hunter2@db', LEVEL: 'hunter2', AUTH_URL: 'http://u:hunter2@auth' })).toThrow(
    expect.objectContaining({ message: expect.not.stringMatching(/hunter2/) }),
  );
});

test('a migration is given its databases and nothing else', () => {
  expect(parseDatabases(c, { DATABASE: good.DATABASE }).map(({ reference }) => reference)).toEqual(['thing.DATABASE']);
  expect(() => parseDatabases(c, {})).toThrow(/DATABASE is missing/);
});
