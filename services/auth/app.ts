import { openDatabase } from '../kit/adapters/postgres.ts';
import type { App, Kit } from '../kit/kit.ts';
import { openPasswords } from './adapters/passwords.ts';
import { signingKey } from './adapters/signing-key.ts';
import type { auth } from './contract.ts';
import { createPerson } from './routes/create-person.ts';
import { createToken } from './routes/create-token.ts';
import { decide } from './routes/decide.ts';
import { keys } from './routes/keys.ts';

/** All that auth does. @throws Error when SIGNING_KEY is no key to sign with */
export async function app(kit: Kit<typeof auth>): Promise<App<typeof auth>> {
  const key = signingKey(kit.env.SIGNING_KEY);
  // The issuer knows its keys: it does not ask itself for them over the network.
  kit.tokens.trust({ keys: [key.jwk] });
  const passwords = await openPasswords();
  const database = openDatabase(kit, kit.env.DATABASE);
  return {
    handlers: {
      createToken: createToken({ database, passwords, key, installation: kit.standard.installation }),
      decide: decide(database),
      createPerson: createPerson(database, passwords),
      keys: keys(key),
    },
    ready: { DATABASE: () => database.ready() },
    stop: () => database.close(),
  };
}
