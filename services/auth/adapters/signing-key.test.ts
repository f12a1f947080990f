import { generateKeyPairSync, createPublicKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { claimsFor } from '../domain/claims.ts';
import { signingKey } from './signing-key.ts';
import { thumbprint } from './thumbprint.ts';

const secret = (value: string) => ({ reveal: () => value });
const pem = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;

test('signs what the published key verifies', () => {
  const key = signingKey(secret(pem(2048)));
  const claims = claimsFor({ name: 'anna@example.com', roles: ['operator'] }, { installation: 'here', now: new Date(), jti: 'j1' });
  const token = key.sign(claims);
  const published = createPublicKey({ key: key.jwk, format: 'jwk' });
  expect(jwt.verify(token, published, { algorithms: ['RS256'], issuer: 'request-journey', audience: 'here' })).toEqual(claims);
  expect(jwt.decode(token, { complete: true })?.header).toEqual({ alg: 'RS256', typ: 'JWT', kid: key.kid });
  expect(claims.exp - claims.iat).toBe(3600);
  expect(key.jwk['d']).toBeUndefined();
});

test('kid is the thumbprint of RFC 7638 §3.1, its own example', () => {
  expect(thumbprint({
    e: 'AQAB',
    n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
});

test('a PEM whose line ends are written out is read', () => {
  const text = pem(2048);
  expect(signingKey(secret(text.replaceAll('\n', '\\n'))).kid).toBe(signingKey(secret(text)).kid);
});

test('weak, wrong and unreadable keys are refused without being repeated', () => {
  const ed = generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;
  expect(() => signingKey(secret(pem(1024)))).toThrow('1024 bits');
  expect(() => signingKey(secret(ed))).toThrow('ed25519');
  expect(() => signingKey(secret('hunter2'))).toThrow(/cannot be read(?!.*hunter2).*openssl genpkey/);
});
