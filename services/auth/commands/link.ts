import { audit } from '../../kit/adapters/audit.ts';
import { openDatabase } from '../../kit/adapters/postgres.ts';
import type { Kit } from '../../kit/kit.ts';
import { keepLink, linkMinutes, newLink } from '../adapters/links.ts';
import type { auth } from '../contract.ts';
import { nameOf } from '../domain/name.ts';
import type { Streams } from './read-line.ts';

/**
 * `node services/auth/main.ts link anna@example.com`: makes a new one-time link and prints
 * `{ name, link, minutes }` as one line; nobody can read it again.
 * @throws Error when no name is given or nobody has it
 */
export async function link(kit: Kit<typeof auth>, args: readonly string[], io: Pick<Streams, 'stdout'> = process): Promise<void> {
  const typed = args[0];
  if (typed === undefined) throw new Error('Say for whom: node services/auth/main.ts link anna@example.com');
  const name = nameOf(typed);
  const made = newLink();
  const database = openDatabase(kit, kit.env.DATABASE);
  try {
    await database.transaction(async (sql) => {
      if (!await keepLink(sql, made, name)) throw new Error(`There is nobody called ${name}.`);
      await audit(sql, { person: 'command line', action: 'auth.link', subject: name, detail: {}, traceId: 'none' });
    });
  } finally {
    await database.close();
  }
  io.stdout.write(`${JSON.stringify({ name, link: made, minutes: linkMinutes })}\n`);
}
