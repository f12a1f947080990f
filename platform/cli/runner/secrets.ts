import { generateKeyPair, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CliError, exit } from '../command.ts';
import type { Folder } from './folder.ts';
import type { JsonFile } from './json-file.ts';
import { damageOf, jsonFile } from './json-file.ts';

/** Everything this checkout must not tell: made here once, kept in one file of mode 0600. */
export interface Secrets {
  /** Name of the secret → its value, as the contract's `secret()` entries get it. */
  readonly values: Record<string, string>;
  /** Role in Postgres → its password; `postgres` is the superuser. */
  readonly passwords: Record<string, string>;
}

const names = { type: 'object', required: [], additionalProperties: { type: 'string', minLength: 16 } } as const;
export const secretsFile = (path: string): JsonFile<Secrets> =>
  jsonFile<Secrets>(path, { type: 'object', required: ['values', 'passwords'], properties: { values: names, passwords: names }, additionalProperties: false }, { mode: 0o600 });

/** Is there data whose password is gone? New secrets would open nothing. @returns undefined when all is well, or when the file is damaged, which is another fault */
export function lostSecrets(folder: Folder): CliError | undefined {
  const file = secretsFile(folder.secrets);
  if (!existsSync(join(folder.data, 'postgres')) || damageOf(file) || file.read()?.passwords['postgres'] !== undefined) return undefined;
  return new CliError(exit.failure, {
    what: `${folder.secrets} ${existsSync(file.path) ? 'lacks the password of PostgreSQL' : 'is gone'}`,
    why: `the data in ${join(folder.data, 'postgres')} can be opened with its passwords alone`,
    fix: 'Put the file back, or forget the data: `./journey reset --yes`.',
  });
}

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
