import { audit } from '../../kit/adapters/audit.ts';
import type { Database } from '../../kit/adapters/postgres.ts';
import type { Handlers } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import type { Passwords } from '../adapters/passwords.ts';
import { addPerson, personByName } from '../adapters/people.ts';
import type { auth } from '../contract.ts';
import { newPersonOf } from '../domain/new-person.ts';
import { decide } from '../domain/permissions.ts';

/** POST /v1/people. The person and its audit record are written together or not at all. */
export function createPerson(database: Database, passwords: Passwords): Handlers<typeof auth>['createPerson'] {
  return async (request) => {
    const asked = newPersonOf(request.body);
    const by = request.person;
    if (asked === null) throw problem('invalid_body', 'Send a name, a password and roles.');
    if (by === null) throw problem('unauthenticated', 'Only an admin adds people.');
    // Here too the admin of an hour ago may be one no longer, whoever forwarded the call.
    const decision = decide(await personByName(database, by.name), 'auth.createPerson');
    if (!decision.allowed) throw problem('forbidden', decision.reason);
    const password = await passwords.hash(asked.password);
    const { name, roles } = asked;
    await database.transaction(async (sql) => {
      if (!await addPerson(sql, { name, password, roles })) {
        throw problem('conflict', `There is a person called ${name} already; nothing was changed.`, { fix: 'Use another name.' });
      }
      await audit(sql, { person: by.name, action: 'auth.createPerson', subject: name, detail: { roles }, traceId: request.traceId });
    });
    return { status: 201, body: { name, roles } };
  };
}
