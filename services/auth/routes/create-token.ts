import { randomUUID } from 'node:crypto';
import { audit } from '../../kit/adapters/audit.ts';
import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { attemptKeys, countFailure, forgetFailures, secondsToWait } from '../adapters/failures.ts';
import { useLink } from '../adapters/links.ts';
import type { Passwords } from '../adapters/passwords.ts';
import { personByName, type Person } from '../adapters/people.ts';
import type { SigningKey } from '../adapters/signing-key.ts';
import type { auth } from '../contract.ts';
import { claimsFor, tokenSeconds } from '../domain/claims.ts';
import { credentialsOf } from '../domain/credentials.ts';
import { nameOf, recordedName } from '../domain/name.ts';

export interface SignIn {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly key: SigningKey;
  readonly installation: string;
}
/** Where and in which request somebody tries to sign in. */
interface Attempt {
  readonly address: string;
  readonly traceId: string;
}

/** POST /v1/tokens. Every try that was judged is an audit record, written before the answer is given. */
export function createToken(signIn: SignIn): Handlers<typeof auth>['createToken'] {
  return async (request) => {
    const credentials = credentialsOf(request.body);
    if (credentials === null) throw problem('invalid_body', 'Send a name and a password, or a link.');
    const attempt = { address: request.header('x-forwarded-for') ?? 'direct', traceId: request.traceId };
    const person = 'link' in credentials
      ? await byLink(signIn, credentials.link, attempt)
      : await byPassword(signIn, credentials, attempt);
    const claims = claimsFor(person, { installation: signIn.installation, now: new Date(), jti: randomUUID() });
    const body = { token: signIn.key.sign(claims), expiresIn: tokenSeconds, name: person.name, roles: person.roles };
    // RFC 6749 §5.1: what carries a token is never cached.
    return { status: 201, body, headers: { 'cache-control': 'no-store' } };
  };
}

async function byPassword({ database, passwords }: SignIn, typed: { readonly name: string; readonly password: string }, attempt: Attempt): Promise<Person> {
  const name = nameOf(typed.name);
  const keys = attemptKeys(name, attempt.address);
  refuseFor(await secondsToWait(database, keys));
  const person = await personByName(database, name);
  const right = await passwords.verify(person?.password ?? null, typed.password);
  if (person === null || !right || !person.active) {
    const isTooMany = await database.transaction(async (sql) => {
      await record(sql, attempt, { person: recordedName(typed.name), by: 'password', result: 'failed' });
      return countFailure(sql, keys);
    });
    // Tries that ran side by side are answered as if they had come one after the other.
    if (isTooMany) refuseFor(await secondsToWait(database, keys));
    throw problem('unauthenticated', 'Name or password is wrong.', { fix: 'Check both. After five failures in 15 minutes from one address, or twenty from anywhere, the next try has to wait.' });
  }
  await database.transaction(async (sql) => {
    refuseFor(await secondsToWait(sql, keys));
    await forgetFailures(sql, keys);
    await record(sql, attempt, { person: person.name, by: 'password', result: 'ok' });
  });
  return person;
}

async function byLink({ database }: SignIn, link: string, attempt: Attempt): Promise<Person> {
  const person = await database.transaction(async (sql) => {
    const name = await useLink(sql, link);
    const found = name === null ? null : await personByName(sql, name);
    const admitted = found?.active === true ? found : null;
    await record(sql, attempt, { person: name ?? '(unknown link)', by: 'link', result: admitted ? 'ok' : 'failed' });
    return admitted;
  });
  if (person === null) {
    throw problem('unauthenticated', 'This link is unknown, already used, or older than 15 minutes.', { fix: 'Sign in with your password, or ask for a new link.' });
  }
  return person;
}

function record(sql: Sql, attempt: Attempt, tried: { readonly person: string; readonly by: string; readonly result: string }): Promise<void> {
  const detail = { by: tried.by, result: tried.result, address: attempt.address };
  return audit(sql, { person: tried.person, action: 'auth.createToken', subject: tried.person, detail, traceId: attempt.traceId });
}

function refuseFor(seconds: number): void {
  if (seconds > 0) {
    throw problem('rate_limited', `Too many wrong passwords for this name; the next try is possible in ${String(seconds)} seconds.`, {
      fix: 'Wait, or sign in with a one-time link.', headers: { 'retry-after': String(seconds) },
    });
  }
}
