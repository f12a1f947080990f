import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { audit } from '../../kit/adapters/audit.ts';
import { openDatabase, type Database } from '../../kit/adapters/postgres.ts';
import type { Kit } from '../../kit/kit.ts';
import { keepLink } from '../adapters/links.ts';
import { openPasswords, type Passwords } from '../adapters/passwords.ts';
import { addPerson, personByName } from '../adapters/people.ts';
import { auth } from '../contract.ts';
import { nameOf } from '../domain/name.ts';
import { newPersonOf } from '../domain/new-person.ts';
import { readLine, type Streams } from './read-line.ts';

const addFormatsTo = addFormats.default;
const ajv = new Ajv({ strict: true });
addFormatsTo(ajv);
const valid = ajv.compile<{ people: unknown[]; link?: { for: string; token: string } }>({
  type: 'object', additionalProperties: false, required: ['people'],
  properties: {
    people: { type: 'array', maxItems: 100, items: auth.routes.createPerson.body },
    link: {
      type: 'object', additionalProperties: false, required: ['for', 'token'],
      properties: { for: { type: 'string', maxLength: 200 }, token: auth.routes.createToken.body.properties.link },
    },
  },
});

/**
 * `node services/auth/main.ts bootstrap`: reads one line of JSON from stdin,
 * `{ people: [{ name, password, roles }], link?: { for, token } }`, and adds what is not there yet. A person who
 * exists keeps password and roles, so it may run at every start. Prints `{ created, link }` as one line.
 * @throws Error that names what is wrong with the line, without repeating it: it holds passwords
 */
export async function bootstrap(kit: Kit<typeof auth>, _args: readonly string[], io: Streams = process): Promise<void> {
  const asked = parse(await readLine(io.stdin));
  const database = openDatabase(kit, kit.env.DATABASE);
  try {
    const passwords = await openPasswords();
    const created = [];
    for (const person of asked.people) if (await added(database, passwords, person)) created.push(person.name);
    if (asked.link) await linked(database, asked.link);
    io.stdout.write(`${JSON.stringify({ created, link: asked.link !== undefined })}\n`);
  } finally {
    await database.close();
  }
}

function parse(line: string) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error('bootstrap reads one line of JSON from stdin; what came is not JSON.');
  }
  if (!valid(value)) {
    const faults = (valid.errors ?? []).map((fault) => `${fault.instancePath || 'the line'} ${fault.message ?? 'is wrong'}`);
    throw new Error(`bootstrap cannot use the line on stdin: ${faults.join('; ')}.`);
  }
  return { people: value.people.map(newPersonOf).filter((person) => person !== null), link: value.link };
}

async function added(database: Database, passwords: Passwords, person: { readonly name: string; readonly password: string; readonly roles: readonly ('viewer' | 'operator' | 'admin')[] }): Promise<boolean> {
  // Hashing is slow on purpose: not again at each start for somebody who is there already.
  if (await personByName(database, person.name) !== null) return false;
  const password = await passwords.hash(person.password);
  return database.transaction(async (sql) => {
    if (!await addPerson(sql, { name: person.name, password, roles: person.roles })) return false;
    await audit(sql, { person: 'bootstrap', action: 'auth.bootstrap', subject: person.name, detail: { roles: person.roles }, traceId: 'none' });
    return true;
  });
}

async function linked(database: Database, link: { readonly for: string; readonly token: string }): Promise<void> {
  const name = nameOf(link.for);
  await database.transaction(async (sql) => {
    if (!await keepLink(sql, link.token, name)) throw new Error(`There is nobody called ${name} to make a link for.`);
    await audit(sql, { person: 'bootstrap', action: 'auth.link', subject: name, detail: {}, traceId: 'none' });
  });
}
