import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CliError, exit } from '../command.ts';
import type { Folder } from './folder.ts';
import { jsonFile, type JsonFile } from './json-file.ts';
import { parsed } from './last-words.ts';
import { randomText } from './secrets.ts';

export const ADMIN = 'admin@journey.local';

/** The account that `./journey send` and `./journey trace` sign in with. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
}
export const credentialsFile = (path: string): JsonFile<Credentials> => jsonFile<Credentials>(path, {
  type: 'object', required: ['name', 'password'], additionalProperties: false, properties: { name: { type: 'string' }, password: { type: 'string', minLength: 12 } },
}, { mode: 0o600, fix: 'Put the file back, or remove it: `rm .journey/credentials.json`; the next `./journey up` makes the command line another account.' });

/** What a person is shown once, and what no file keeps. */
export interface FirstSignIn {
  readonly name: string;
  /** Absent when the person exists already and keeps their password. */
  readonly password?: string;
  readonly link: string;
}

export interface FirstPeople {
  readonly folder: Folder;
  /** The URL of the database that keeps the people. */
  readonly database: string;
  /** `http://127.0.0.1:<port>` of the dashboard. */
  readonly dashboard: string;
  /** Runs `bootstrap` with one line and answers its last line of stdout. */
  readonly bootstrap: (line: string) => Promise<string>;
}

/** Which database has its first people. */
export const markFile = (folder: Folder): JsonFile<{ people: string }> => jsonFile<{ people: string }>(
  join(folder.data, 'people.json'), { type: 'object', required: ['people'], properties: { people: { type: 'string' } } },
  { fix: 'Remove it: `rm .journey/data/people.json`; the next `./journey up` writes it again and keeps the people.' },
);

/** The first run makes an administrator and the command line's own account; later runs make nothing and answer undefined. */
export async function firstPeople(at: FirstPeople): Promise<FirstSignIn | undefined> {
  const mark = markFile(at.folder);
  const credentials = credentialsFile(at.folder.credentials);
  const database = createHash('sha256').update(at.database).digest('hex').slice(0, 16);
  const known = mark.read()?.people === database;
  const kept = credentials.read();
  if (known && kept) return undefined;
  // A lost password cannot be read back: then the command line gets another account.
  const cli = kept ?? { name: known ? `cli-${randomBytes(3).toString('hex')}@journey.local` : 'cli@journey.local', password: randomText() };
  const password = randomBytes(15).toString('base64url');
  const admin = known ? [] : [{ name: ADMIN, password, roles: ['admin'] }];
  const token = randomText();
  const created = createdBy(await at.bootstrap(JSON.stringify({
    people: [...admin, { ...cli, roles: ['operator'] }], ...(known ? {} : { link: { for: ADMIN, token } }),
  })));
  if (!kept && !created.includes(cli.name)) throw takenAccount(cli.name);
  credentials.write(cli);
  mark.write({ people: database });
  return known ? undefined : { name: ADMIN, ...(created.includes(ADMIN) ? { password } : {}), link: linkTo(at.dashboard, token) };
}

/** A new one-time sign-in link for the administrator. */
export async function newLink(at: Pick<FirstPeople, 'dashboard' | 'bootstrap'>): Promise<FirstSignIn> {
  const token = randomText();
  await at.bootstrap(JSON.stringify({ people: [], link: { for: ADMIN, token } }));
  return { name: ADMIN, link: linkTo(at.dashboard, token) };
}

/** After the `#`: a browser never sends it to a server, so no log holds it. */
const linkTo = (dashboard: string, token: string) => `${dashboard}/sign-in#link=${token}`;

function createdBy(answer: string): string[] {
  const created = parsed(answer.trim().split('\n').at(-1) ?? '')?.['created'];
  return Array.isArray(created) ? created.map(String) : [];
}

function takenAccount(name: string): CliError {
  return new CliError(exit.failure, {
    what: `the account ${name} exists, and its password is not here`, why: 'the database was used by another checkout, or .journey/credentials.json was lost',
    fix: 'Use a database of your own, or put .journey/credentials.json back.',
  });
}
