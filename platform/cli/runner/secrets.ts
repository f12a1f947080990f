import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { JsonFile } from './json-file.ts';
import { jsonFile } from './json-file.ts';

/** Everything this checkout must not tell: made here once, kept in one file of mode 0600. */
export interface Secrets {
  /** Name of the secret → its value, as the contract's `secret()` entries get it. */
  readonly values: Record<string, string>;
  /** Role in Postgres → its password; `postgres` is the superuser. */
  readonly passwords: Record<string, string>;
}

const names = { type: 'object', required: [], additionalProperties: { type: 'string', minLength: 16 } } as const;
export const secretsFile = (path: string): JsonFile<Secrets> =>
  jsonFile<Secrets>(path, { type: 'object', required: ['values', 'passwords'], properties: { values: names, passwords: names }, additionalProperties: false }, 0o600);

/** Makes what is missing and keeps what is there. */
export async function ensureSecrets(file: JsonFile<Secrets>, wanted: { readonly secrets: readonly string[]; readonly roles: readonly string[] }): Promise<Secrets> {
  const kept = file.read() ?? { values: {}, passwords: {} };
  const values = { ...kept.values };
  for (const name of wanted.secrets) values[name] ??= await secretFor(name);
  const passwords = { ...kept.passwords };
  for (const role of wanted.roles) passwords[role] ??= randomText();
  const all = { values, passwords };
  if (JSON.stringify(all) !== JSON.stringify(kept)) file.write(all);
  return all;
}

/** 256 bits that need no escaping in a URL, a header or SQL. */
export function randomText(): string {
  return randomBytes(32).toString('base64url');
}

/** A signing key is an RSA key in PKCS#8 PEM (RFC 5208); everything else is 256 random bits. The name tells which. */
async function secretFor(name: string): Promise<string> {
  if (!name.endsWith('signing-key')) return randomText();
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return privateKey;
}
