import type { Ways } from '../ways.ts';

/** What a version before this one kept in its database comes to where all see it, once. May be repeated. */
export async function carryHolds({ database, forge, kit }: Pick<Ways, 'database' | 'forge' | 'kit'>): Promise<void> {
  interface Row { readonly id: string; readonly environment: string; readonly subject: string; readonly value: string; readonly reason: string; readonly person: string }
  for (const { id, environment, subject, value, reason, person } of await database.query<Row>('select id, environment, subject, value, reason, person from holds where lifted_at is null order by id')) {
    await forge.holds.add([{ environment, subject, to: value }], { reason, by: person });
    await database.query('update holds set lifted_at = now(), lifted_by = $2 where id = $1', [id, 'the record in git']);
    kit.log.info('a hold was carried over to the repository', { subject, forEnvironment: environment });
  }
}
