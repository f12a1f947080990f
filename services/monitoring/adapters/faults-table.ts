import type { Database, Sql } from '../../kit/adapters/postgres.ts';
import type { FaultKind } from '../../kit/faults/kinds.ts';
import type { Asked } from '../domain/fault.ts';

interface Row { readonly id: string; readonly workload: string; readonly kind: FaultKind; readonly strength: number; readonly reason: string; readonly by: string; readonly since: string; readonly until: string }
const COLUMNS = 'id, workload, kind, strength, reason, person as by, since_ms as since, until_ms as until';

/** One of the same kind at the same workload ends when another begins. */
export async function keepFault(sql: Sql, { id, workload, kind, strength, reason, by, since, until }: Asked): Promise<void> {
  await sql.query('update faults set until_ms = $3 where workload = $1 and kind = $2 and until_ms > $3', [workload, kind, since]);
  await sql.query('insert into faults (id, workload, kind, strength, reason, person, since_ms, until_ms) values ($1, $2, $3, $4, $5, $6, $7, $8)', [id, workload, kind, strength, reason, by, since, until]);
}
export async function faultsOn(database: Sql, now: number): Promise<readonly Asked[]> {
  return (await database.query<Row>(`select ${COLUMNS} from faults where until_ms > $1 order by since_ms`, [now])).map(askedOf);
}
/** The fault with this id, if it is still on; it is locked until the transaction ends. */
export async function faultToEnd(sql: Sql, id: string, now: number): Promise<Asked | undefined> {
  const [row] = await sql.query<Row>(`select ${COLUMNS} from faults where id = $1 and until_ms > $2 for update`, [id, now]);
  return row && askedOf(row);
}
export async function markEnded(sql: Sql, id: string, now: number): Promise<void> {
  await sql.query('update faults set until_ms = $2 where id = $1', [id, now]);
}
export type FaultsDatabase = Pick<Database, 'query' | 'transaction'>;

const askedOf = ({ since, until, ...row }: Row): Asked => ({ ...row, since: Number(since), until: Number(until) });
