import { expect, test } from '@jest/globals';
import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { CallAnswer } from './client.ts';
import type { Endpoint } from './contract.ts';
import { keysOf, openTokens } from './identity.ts';
import { problem } from './problem.ts';
import { testIssuer } from './test/tokens.ts';

const issuer = testIssuer('here');
const other = testIssuer('here');
const keysUrl: Endpoint = { service: 'auth', url: new URL('http://127.0.0.1:1'), reference: 'test.KEYS_URL' };
const answering = (body: unknown) => (): Promise<CallAnswer> => Promise.resolve({ status: 200, body, headers: {} });
const tokens = openTokens({ call: answering(issuer.jwks), keysUrl, audience: 'here' });
const now = () => Math.floor(Date.now() / 1000);
const header = (more: object = {}) => JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: 'test-key', ...more });
const claims = (more: object = {}) => JSON.stringify({ iss: 'request-journey', aud: 'here', sub: 'ada@example.com', roles: ['viewer'], iat: now(), nbf: now(), exp: now() + 60, ...more });
const good = () => issuer.signed(header(), claims());
const token = (more: object, head: object = {}) => issuer.token('ada@example.com', ['viewer'], more, head);
const raw = (payload: string) => issuer.signed(header(), payload);
const b64 = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const swap = (index: number, part: string, from = good()) => from.split('.').toSpliced(index, 1, part).join('.');
const jwk = issuer.jwks.keys[0] as { n: string; e: string };
const pem = createPublicKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
const hmac = (alg: string, key: string | Buffer) => {
  const text = `${b64(header({ alg }))}.${b64(claims())}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const es256 = () => {
  const text = `${b64(header({ alg: 'ES256' }))}.${b64(claims())}`;
  return `${text}.${sign('SHA256', Buffer.from(text), ec.privateKey).toString('base64url')}`;
};

test('a good token names its person', async () => {
  await expect(tokens.verify(good())).resolves.toMatchObject({ name: 'ada@example.com', roles: ['viewer'] });
  await expect(tokens.verify(token({ jti: 'x' }))).resolves.toMatchObject({ name: 'ada@example.com' });
});

const attacks: Record<string, () => string> = {
  'nothing': () => '', 'no dots': () => 'abc', 'two parts': () => good().split('.').slice(0, 2).join('.'), 'four parts': () => `${good()}.x`,
  'an empty signature': () => swap(2, ''), 'an empty payload': () => swap(1, ''), 'an empty header': () => swap(0, ''),
  'alg none, no signature': () => `${b64(header({ alg: 'none' }))}.${b64(claims())}.`, 'alg none, a signature': () => token({}, { alg: 'none' }),
  'alg NONE': () => token({}, { alg: 'nOnE' }), 'alg missing': () => token({}, { alg: undefined }), 'alg a list': () => token({}, { alg: ['RS256'] }),
  'HS256 with the public key as secret': () => hmac('HS256', pem), 'HS256 with the modulus': () => hmac('HS256', Buffer.from(jwk.n, 'base64url')), 'HS256, empty key': () => hmac('HS256', ''),
  'RS384': () => token({}, { alg: 'RS384' }), 'PS256': () => token({}, { alg: 'PS256' }), 'ES256 with an own key': es256, 'rs256 in lower case': () => token({}, { alg: 'rs256' }),
  'crit': () => token({}, { crit: ['exp'] }), 'b64 false': () => token({}, { b64: false }), 'an own key in the header': () => other.token('eve', ['admin'], {}, { jwk }),
  'jku': () => token({}, { jku: 'http://evil/keys' }), 'x5u': () => token({}, { x5u: 'http://evil' }), 'zip': () => token({}, { zip: 'DEF' }),
  'no kid': () => token({}, { kid: undefined }), 'a kid that is a path': () => token({}, { kid: '../../dev/null' }), 'a kid that is SQL': () => token({}, { kid: '\' or 1=1' }),
  'kid __proto__': () => token({}, { kid: '__proto__' }), 'a kid that is no text': () => token({}, { kid: 7 }), 'another type': () => token({}, { typ: 'at+jwt' }),
  'another issuer\'s signature': () => other.token('eve', ['admin']), 'a changed payload': () => swap(1, b64(claims({ roles: ['admin'] }))), 'a changed header': () => swap(0, b64(header({ typ: undefined }))),
  'a signature of another token': () => swap(2, token({ roles: ['admin'] }).split('.')[2] ?? ''), 'a cut signature': () => good().slice(0, -8),
  'another iss': () => token({ iss: 'evil' }), 'no iss': () => token({ iss: undefined }), 'iss a list': () => token({ iss: ['request-journey'] }),
  'another aud': () => token({ aud: 'there' }), 'no aud': () => token({ aud: undefined }), 'aud a list that holds us': () => token({ aud: ['here', 'there'] }),
  'expired': () => token({ exp: now() - 1 }), 'no exp': () => token({ exp: undefined }), 'exp a text': () => token({ exp: String(now() + 60) }), 'exp null': () => token({ exp: null }),
  'exp 1e400': () => raw(claims().replace(/"exp":\d+/, '"exp":1e400')), 'exp in a thousand years': () => token({ exp: now() + 3e10 }), 'exp negative': () => token({ exp: -1 }),
  'no iat': () => token({ iat: undefined }), 'iat in the future': () => token({ iat: now() + 3600, exp: now() + 7200 }), 'iat 1e400': () => raw(claims().replace(/"iat":\d+/, '"iat":-1e400')),
  'no nbf': () => token({ nbf: undefined }), 'nbf in the future': () => token({ nbf: now() + 3600 }), 'nbf true': () => token({ nbf: true }),
  'a claim twice': () => raw(claims().replace('"roles":["viewer"]', '"roles":["viewer"],"roles":["admin"]')), 'exp twice': () => raw(claims().replace('"exp"', '"exp":99999999999,"exp"')),
  'a header field twice': () => issuer.signed(header().replace('{', '{"alg":"none",'), claims()), 'white space': () => raw(`${claims()} `), 'a byte order mark': () => raw(`\ufeff${claims()}`),
  'not UTF-8': () => { const text = `${b64(header())}.${b64(Buffer.from([0x7b, 0xff, 0x7d]))}`; return `${text}.AA`; },
  'a payload that is a list': () => raw('[]'), 'null': () => raw('null'), 'no JSON': () => raw('{'), 'no sub': () => token({ sub: undefined }), 'sub empty': () => token({ sub: '' }), 'sub an object': () => token({ sub: {} }),
  'roles a text': () => token({ roles: 'admin' }), 'an unknown role': () => token({ roles: ['root'] }), 'no roles': () => token({ roles: undefined }), 'a role as an object': () => token({ roles: [{}] }),
  'jti no text': () => token({ jti: {} }), 'more than 8 KiB': () => token({ pad: 'x'.repeat(9000) }), 'a megabyte': () => `${'a'.repeat(1_048_576)}.b.c`,
  'padding': () => `${good()}==`, 'standard base64': () => swap(2, `${(good().split('.')[2] ?? '').slice(0, -2)}+/`), 'a space inside': () => good().replace('.', ' .'), 'a line break': () => `${good()}\n`,
  'loose last bits of base64': () => { const t = good(); const last = t.at(-1) ?? ''; const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'; return t.slice(0, -1) + (alphabet[alphabet.indexOf(last) + 1] ?? 'B'); },
};

test('there are at least 45 attacks', () => expect(Object.keys(attacks).length).toBeGreaterThanOrEqual(45));

test.each(Object.entries(attacks))('%s is refused', async (_, make) => {
  await expect(tokens.verify(make())).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a new key is asked for once for many requests, and not again within five seconds', async () => {
  let clock = Date.now();
  let asked = 0;
  let body: unknown = issuer.jwks;
  const next = testIssuer('here', 'next-key');
  const rotating = openTokens({ keysUrl, audience: 'here', now: () => clock, call: () => { asked++; return answering(body)(); } });
  await Promise.all([rotating.verify(good()), rotating.verify(good())]);
  expect(asked).toBe(1);
  await expect(rotating.verify(next.token('x', []))).rejects.toThrow(/its key is not one/);
  expect(asked).toBe(1);
  body = { keys: [...issuer.jwks.keys, ...next.jwks.keys] };
  clock += 5000;
  await Promise.all([1, 2, 3].map(() => rotating.verify(next.token('x', []))));
  expect(asked).toBe(2);
});

test('while the issuer is away known keys still count, and unknown ones say so', async () => {
  let clock = Date.now();
  let away = false;
  const call = () => away ? Promise.reject(problem('upstream_unavailable', 'auth cannot be reached.', { at: 'auth' })) : answering(issuer.jwks)();
  const one = openTokens({ keysUrl, audience: 'here', now: () => clock, call });
  const early = openTokens({ keysUrl, audience: 'here', now: () => clock, call });
  await one.verify(good());
  away = true;
  clock += 700_000;
  const later = issuer.token('ada', ['viewer'], { iat: Math.floor(clock / 1000), nbf: Math.floor(clock / 1000), exp: Math.floor(clock / 1000) + 60 });
  await expect(one.verify(later)).resolves.toMatchObject({ name: 'ada' });
  await expect(early.verify(later)).rejects.toMatchObject({ code: 'upstream_unavailable', at: 'auth' });
  away = false;
  await expect(early.verify(later)).resolves.toMatchObject({ name: 'ada' });
});

test('a service without KEYS_URL says so', async () => {
  await expect(openTokens({ keysUrl: undefined, audience: 'here', call: answering({}) }).verify(good())).rejects.toThrow(/KEYS_URL/);
});

test('only RSA signature keys of 2048 bits or more are taken from the set', () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
  expect([...keysOf({ keys: [
    ...issuer.jwks.keys, { ...weak, kid: 'weak' }, { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec' }, { ...jwk, kty: 'RSA', kid: 'enc', use: 'enc' },
    { ...jwk, kty: 'RSA', kid: 'hs', alg: 'HS256' }, { kty: 'oct', k: 'AAAA', kid: 'oct' }, { kty: 'RSA', n: '', e: '', kid: 'empty' }, { ...jwk, kty: 'RSA' }, null, 'x',
  ] }).keys()]).toEqual(['test-key']);
  for (const odd of [null, [], 'x', {}, { keys: {} }]) expect(keysOf(odd).size).toBe(0);
});
