import type { Role } from '../../kit/contract.ts';
import type { Sql } from '../../kit/adapters/postgres.ts';
import { isRole } from '../domain/permissions.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  /** PHC string of argon2id. */
  readonly password: string;
}
interface Row extends Omit<Person, 'roles'> {
  readonly roles: readonly string[];
}

/** By normalized name; `null` when there is nobody. */
export async function personByName(sql: Sql, name: string): Promise<Person | null> {
  const [row] = await sql.query<Row>('select id, name, roles, active, password from people where name = $1', [name]);
  return row === undefined ? null : personOf(row);
}

/** `false` when somebody has that name already; nothing is changed then. */
export async function addPerson(sql: Sql, person: Omit<Person, 'id' | 'active'>): Promise<boolean> {
  const rows = await sql.query(
    'insert into people (name, password, roles) values ($1, $2, $3) on conflict (name) do nothing returning id',
    [person.name, person.password, person.roles],
  );
  return rows.length === 1;
}

function personOf(row: Row): Person {
  return { id: row.id, name: row.name, active: row.active, password: row.password, roles: row.roles.filter(isRole) };
}
