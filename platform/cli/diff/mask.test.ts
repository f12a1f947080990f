import { expect, test } from '@jest/globals';
import { HIDDEN, shownText, shownValue } from './mask.ts';
import { patchesOf } from './patches.ts';

const token = ['ghp', 'abcdefghij0123456789ABCD'].join('_');
const random = 'q7Zk2Lm9Xv4Tn8Rb5Wc1Yd6Hf3Jg0Ps';

test.each<[string, string[], string, string]>([
  ['Secret', ['data', 'user'], 'YWRh', HIDDEN], ['Secret', ['stringData', 'note'], 'hello', HIDDEN], ['Secret', ['metadata', 'name'], 'gateway', 'gateway'],
  ['Deployment', ['spec', 'containers', '[gateway]', 'env', '[API_TOKEN]', 'value'], 'hunter2', HIDDEN], ['Deployment', ['spec', 'containers', '[gateway]', 'env', '[LOG_LEVEL]', 'value'], 'info', 'info'],
  ['Deployment', ['env', '[KEY]', 'valueFrom', 'secretKeyRef', 'key'], 'COOKIE_KEY', 'COOKIE_KEY'], ['Deployment', ['topologyKey'], 'kubernetes.io/hostname', 'kubernetes.io/hostname'],
  ['ConfigMap', ['data', 'password'], 'x', HIDDEN], ['ConfigMap', ['data', 'key'], 'x', HIDDEN], ['ConfigMap', ['data', 'URL'], 'postgres://a:b@c:5432/d?password=x&z=1', `postgres://${HIDDEN}@c:5432/d?password=${HIDDEN}&z=1`],
  ['ConfigMap', ['data', 'NOTE'], token, HIDDEN], ['ConfigMap', ['data', 'NOTE'], random, HIDDEN], ['aws_db_instance', ['manage_master_user_password'], 'true', 'true'], ['aws_db_instance', ['password'], 'abc', HIDDEN],
  ['aws_elasticache_replication_group', ['auth_token'], '${data.x.secret_string}', '${data.x.secret_string}'], ['process', ['env', 'WORKLOAD_KEY', 'secret'], 'workload-key', 'workload-key'],
  ['node', ['release'], 'a'.repeat(8) + '0123456789abcdef0123456789abcdef', 'a'.repeat(8) + '0123456789abcdef0123456789abcdef'], ['ConfigMap', ['data', 'X'], '0123456789abcdef0123456789abcdef01234567', HIDDEN],
  ['ExternalSecret', ['spec', 'url'], 'postgres://books:{{ .role }}@books:5432/x', 'postgres://books:{{ .role }}@books:5432/x'],
])('%s %j %s', (kind, path, value, shown) => expect(shownValue(kind, path, value)).toBe(shown));

test('words that look like a secret are hidden in any text', () => {
  expect(shownText(`variable ${token} added: https://u:p@host/x and ${random}`)).toBe(`variable ${HIDDEN} added: https://${HIDDEN}@host/x and ${HIDDEN}`);
  expect(shownText('-----BEGIN RSA PRIVATE KEY-----')).toBe(HIDDEN);
});

test('a patch hides values, comments and keys, and stays a patch', () => {
  const text = (value: string, replicas: number) => ({
    text: `# made with ${token}\napiVersion: v1\nkind: Secret\nmetadata:\n  name: x # ${random}\nreplicas: ${replicas}\ndata:\n  a: ${value}\n  b: |\n    ${value}\n    second line\n  ${token}: z\n---\nkind: ConfigMap\ndata:\n  DB_PASSWORD: "${value}"\n  list:\n    - name: SECRET_TOKEN\n      value: ${value}\n    - name: MODE\n      value: calm\n`,
  });
  const [patch] = patchesOf((file) => `synth/dev/${file}`, new Map([['x.yaml', text('b2xkLXZhbHVl', 1)]]), new Map([['x.yaml', text('bmV3LXZhbHVl', 2)]]));
  expect(patch?.path).toBe('synth/dev/x.yaml');
  expect(patch?.patch).toContain('-replicas: 1\n+replicas: 2\n');
  for (const secret of ['b2xkLXZhbHVl', 'bmV3LXZhbHVl', token, random, 'second line']) expect(patch?.patch).not.toContain(secret);
  const [whole] = patchesOf((file) => file, new Map(), new Map([['x.yaml', text('bmV3LXZhbHVl', 2)]]));
  expect(whole?.patch).toContain('+      value: calm');
  for (const secret of ['bmV3LXZhbHVl', token, random, 'second line']) expect(whole?.patch).not.toContain(secret);
});

test('only hidden values differ, or too much', () => {
  const secret = (value: string) => new Map([['x.yaml', { text: `kind: Secret\ndata:\n  a: ${value}\n` }]]);
  expect(patchesOf((file) => file, secret('eA=='), secret('eQ=='))[0]?.patch).toBe('Only hidden values differ.\n');
  const long = (word: string) => new Map([['x.yaml', { text: Array.from({ length: 5000 }, (_, i) => `${word}${i}: 1\n`).join('') }]]);
  expect(patchesOf((file) => file, long('a'), long('b'))[0]?.patch).toMatch(/^Not shown: more than \d+ lines differ/);
  const added = patchesOf((file) => file, new Map(), new Map([['x.yaml', { text: Array.from({ length: 3000 }, (_, i) => `a${i}: 1\n`).join('') }]]));
  expect(added[0]?.patch).toMatch(/… 1001 more lines\n$/);
});
