import type { Sql } from '../../kit/adapters/postgres.ts';

/** The environments that the engine was asked to sync for a request, with the moment (Unix time in milliseconds). */
export async function askedSyncs(sql: Sql, request: string): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ readonly environment: string; readonly at: Date }>('select environment, at from asked_syncs where request = $1', [request]);
  return new Map(rows.map(({ environment, at }) => [environment, at.getTime()]));
}

export async function addAskedSync(sql: Sql, request: string, environment: string): Promise<void> {
  await sql.query('insert into asked_syncs (request, environment) values ($1, $2)', [request, environment]);
}
